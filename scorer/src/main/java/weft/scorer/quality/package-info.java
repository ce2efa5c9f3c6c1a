/// Running quality: contingency tables per pipeline and slice, lifetime and window, and their merge.
@NullMarked
package weft.scorer.quality;

import org.jspecify.annotations.NullMarked;
