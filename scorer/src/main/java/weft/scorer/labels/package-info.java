/// Labels that come later, or earlier, than their images.
@NullMarked
package weft.scorer.labels;

import org.jspecify.annotations.NullMarked;
