/// Replays a data set of images onto the images topic.
@NullMarked
package weft.producer;

import org.jspecify.annotations.NullMarked;
