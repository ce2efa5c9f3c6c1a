/// Assigns clusters to images live and keeps the running quality.
@NullMarked
package weft.scorer;

import org.jspecify.annotations.NullMarked;
