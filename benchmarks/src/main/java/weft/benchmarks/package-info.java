/// JMH benchmarks of the hot paths.
@NullMarked
package weft.benchmarks;

import org.jspecify.annotations.NullMarked;
