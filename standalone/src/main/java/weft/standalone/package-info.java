/// The weft command, and the embedded broker.
@NullMarked
package weft.standalone;

import org.jspecify.annotations.NullMarked;
