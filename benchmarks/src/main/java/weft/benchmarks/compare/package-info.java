/// Weft beside its peers, in turn and on the same data.
@NullMarked
package weft.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
