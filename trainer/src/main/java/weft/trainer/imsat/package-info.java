/// The family `imsat`: networks whose outputs are the clusters, learnt from what stays the same when an image changes
/// a little, and from each other.
@NullMarked
package weft.trainer.imsat;

import org.jspecify.annotations.NullMarked;
