/// Questions over HTTP, answered from what is committed: the same by every instance.
@NullMarked
package weft.scorer.lookup;

import org.jspecify.annotations.NullMarked;
