/// The order of a replay, its pace, and the way onto the topic.
@NullMarked
package weft.producer.replay;

import org.jspecify.annotations.NullMarked;
