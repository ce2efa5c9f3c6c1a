/// What most of the recent images look like, so that a strange one is told.
@NullMarked
package weft.trainer.outlier;

import org.jspecify.annotations.NullMarked;
