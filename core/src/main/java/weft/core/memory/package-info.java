/// Bytes kept for seconds or minutes in a few large arrays, so that no object per record grows old.
@NullMarked
package weft.core.memory;

import org.jspecify.annotations.NullMarked;
