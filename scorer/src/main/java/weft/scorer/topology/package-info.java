/// The Kafka Streams topology that scores images and merges the quality of all tasks.
@NullMarked
package weft.scorer.topology;

import org.jspecify.annotations.NullMarked;
