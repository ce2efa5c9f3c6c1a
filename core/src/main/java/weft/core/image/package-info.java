/// Images of the stream as values: pixels, ids, splits and the classes that only evaluation knows.
@NullMarked
package weft.core.image;

import org.jspecify.annotations.NullMarked;
