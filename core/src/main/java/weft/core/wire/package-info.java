/// What goes over Kafka: topics, headers, Protobuf snapshots, JSON records.
@NullMarked
package weft.core.wire;

import org.jspecify.annotations.NullMarked;
