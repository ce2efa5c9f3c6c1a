/// Changes that a replay makes to its stream on purpose: of the images' values and of the mix of classes.
@NullMarked
package weft.producer.drift;

import org.jspecify.annotations.NullMarked;
