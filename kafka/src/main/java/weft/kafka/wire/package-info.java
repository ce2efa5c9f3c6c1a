/// What goes over Kafka: topics, headers, Protobuf snapshots, JSON records.
@NullMarked
package weft.kafka.wire;

import org.jspecify.annotations.NullMarked;
