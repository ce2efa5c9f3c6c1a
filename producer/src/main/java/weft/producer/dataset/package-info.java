/// Finds, fetches, checks and reads the data set: four IDX files.
@NullMarked
package weft.producer.dataset;

import org.jspecify.annotations.NullMarked;
