/// The contents of images as other programs send them: raw bytes, pictures, JSON; bounded before they allocate.
@NullMarked
package weft.kafka.content;

import org.jspecify.annotations.NullMarked;
