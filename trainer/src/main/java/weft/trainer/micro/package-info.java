/// The family `micro`: many micro-clusters of gradients and patches, grouped into clusters at each milestone.
@NullMarked
package weft.trainer.micro;

import org.jspecify.annotations.NullMarked;
