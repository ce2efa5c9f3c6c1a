/// Notices without labels that a stream is no longer what a model learnt.
@NullMarked
package weft.trainer.drift;

import org.jspecify.annotations.NullMarked;
