/// Numerical kernels and small dense linear algebra, pure and single-threaded.
@NullMarked
package weft.core.math;

import org.jspecify.annotations.NullMarked;
