/// The final models over the whole log, and the report of it.
@NullMarked
package weft.evaluation;

import org.jspecify.annotations.NullMarked;
