package weft.monitoring;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Repeated;
import weft.kafka.service.TopicChangedException;
import weft.kafka.service.TopicGuard;
import weft.kafka.service.Trouble;
import weft.kafka.service.UserError;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;

/// Prints committed assignments as they come, one JSON object a line.
public final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection kafka;
    private final String topic;
    private final Filter filter;
    private final long most;
    private final PrintStream out;
    private final Trouble trouble;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean fromBeginning;
    private boolean started;
    private long printed;

    private Tail(
            KafkaConnection kafka,
            String topic,
            Filter filter,
            boolean fromBeginning,
            long most,
            PrintStream out,
            Trouble trouble) {
        this.kafka = kafka;
        this.topic = topic;
        this.filter = filter;
        this.fromBeginning = fromBeginning;
        this.most = most;
        this.out = out;
        this.trouble = trouble;
    }

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

    /// Prints until `most` are printed, the reader has gone, or `stopped`. Kafka in trouble breaks off nothing, and
    /// no line is printed twice; another topic of the name is printed from its beginning.
    ///
    /// @param most 0 for no end
    public static void run(
            KafkaConnection kafka,
            Topics topics,
            Filter filter,
            boolean fromBeginning,
            long most,
            PrintStream out,
            BooleanSupplier stopped)
            throws InterruptedException {
        Trouble trouble = new Trouble("tail", Clock.systemUTC());
        Tail tail = new Tail(kafka, topics.assignments(), filter, fromBeginning, most, out, trouble);
        Optional<Boolean> _ = Repeated.run("tail", trouble, stopped, () -> tail.life(stopped));
    }

    private boolean life(BooleanSupplier stopped) {
        Consumer<String, byte[]> consumer = kafka.consumer(Map.of());
        try (TopicGuard guard = guard()) {
            goOn(consumer);
            trouble.over();
            while (!stopped.getAsBoolean() && !out.checkError()) {
                if (print(consumer.poll(POLL))) {
                    return true;
                }
                guard.checkNowAndThen();
            }
            return true;
        } catch (TopicChangedException changed) {
            next.clear();
            fromBeginning = true;
            throw changed;
        } finally {
            consumer.close(KafkaConnection.promptly());
        }
    }

    private TopicGuard guard() {
        try {
            return TopicGuard.open(kafka, List.of(topic));
        } catch (TopicChangedException missing) {
            if (started) {
                throw missing;
            }
            throw new UserError("topic " + topic + " does not exist yet (--prefix)", missing);
        }
    }

    private void goOn(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = KafkaConnection.partitions(consumer, topic);
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        next.forEach(consumer::seek);
        // Asked for now, so that nothing is left out if trouble comes before the first record.
        partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
        started = true;
    }

    /// Says whether these were enough.
    private boolean print(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            if (isWanted(filter, record)) {
                // The bytes as they are: JSON is UTF-8, whatever the terminal speaks.
                out.write(record.value(), 0, record.value().length);
                out.println();
                if (++printed == most) {
                    return true;
                }
            }
        }
        return false;
    }
}
