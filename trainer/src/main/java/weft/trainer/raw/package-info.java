/// The family `raw`: clusterers on the images as they are.
@NullMarked
package weft.trainer.raw;

import org.jspecify.annotations.NullMarked;
