package weft.monitoring;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.UserError;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;

/// Prints committed assignments as they come, one JSON object a line.
public final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private Tail() {}

    /// Which assignments to print.
    ///
    /// @param name of the cluster, without regard to case
    public record Filter(Optional<String> pipeline, OptionalInt cluster, Optional<String> name) {
        boolean accepts(ConsumerRecord<String, byte[]> record) {
            if (pipeline.isPresent()
                    && !pipeline.get().equals(ImageHeaders.text(record.headers(), AssignmentEvent.PIPELINE_HEADER))) {
                return false;
            }
            if (cluster.isEmpty() && name.isEmpty()) {
                return true;
            }
            AssignmentEvent event = AssignmentEvent.fromJson(record.value());
            return (cluster.isEmpty()
                            || cluster.getAsInt() == event.assignment().cluster())
                    && (name.isEmpty()
                            || event.clusterName()
                                    .filter(name.get()::equalsIgnoreCase)
                                    .isPresent());
        }
    }

    private static boolean isWanted(Filter filter, ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() != null && filter.accepts(record);
        } catch (IllegalArgumentException foreign) {
            LOG.warn(
                    "record at offset {} of {} is passed over: {}",
                    record.offset(),
                    record.topic(),
                    foreign.getMessage());
            return false;
        }
    }

    /// Prints until `most` are printed, the reader has gone, or `stopped`.
    ///
    /// @param most 0 for no end
    public static void run(
            KafkaConnection kafka,
            Topics topics,
            Filter filter,
            boolean fromBeginning,
            long most,
            PrintStream out,
            BooleanSupplier stopped) {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.assignments()).stream()
                    .map(info -> new TopicPartition(topics.assignments(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UserError("topic " + topics.assignments() + " does not exist yet (--prefix)");
            }
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            long printed = 0;
            while (!stopped.getAsBoolean() && !out.checkError()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (isWanted(filter, record)) {
                        // The bytes as they are: JSON is UTF-8, whatever the terminal speaks.
                        out.write(record.value(), 0, record.value().length);
                        out.println();
                        if (++printed == most) {
                            return;
                        }
                    }
                }
            }
        }
    }
}
