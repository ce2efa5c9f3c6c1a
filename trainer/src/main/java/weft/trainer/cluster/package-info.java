/// Clusterers that learn from codes in mini-batches, and the batch algorithms that start them.
@NullMarked
package weft.trainer.cluster;

import org.jspecify.annotations.NullMarked;
