package weft.kafka.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a consumer must read to have seen everything that was written when it began.
///
/// A read_committed consumer's own end is where the first open transaction begins, whoever has it open: what
/// others have committed behind it would not be seen. This one is the high watermark. Whoever reads up to it
/// waits until the transactions that were open have ended, or the broker has aborted them.
public final class LogEnd {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnd.class);
    private static final Duration TOLD_AFTER = Duration.ofSeconds(3);

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> ends;
    private long stoodAt = -1;
    private long stoodSince;
    private boolean told;

    private LogEnd(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = Map.copyOf(ends);
    }

    /// Asks for the ends as of now.
    ///
    /// @param consumer that is going to read, and that nobody else uses meanwhile
    public static LogEnd now(KafkaConnection kafka, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try (Consumer<String, byte[]> asking = asking(kafka, Map.of())) {
            return new LogEnd(consumer, asking.endOffsets(partitions));
        }
    }

    /// Given ends.
    public static LogEnd at(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return new LogEnd(consumer, ends);
    }

    /// A consumer whose `endOffsets` are these ends, for whoever asks often. It is not to read with.
    public static Consumer<String, byte[]> asking(KafkaConnection kafka, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return kafka.consumer(all);
    }

    /// The partitions that have an end.
    public Set<TopicPartition> partitions() {
        return ends.keySet();
    }

    /// The end of a partition: the offset after its last record.
    public long of(TopicPartition partition) {
        return Objects.requireNonNull(ends.get(partition), () -> "nobody asked for the end of " + partition);
    }

    /// Whether every partition is read to its end. Where reading stands still, one line says what it waits for.
    public boolean reached() {
        return ends.entrySet().stream().allMatch(end -> reached(end.getKey(), end.getValue()));
    }

    /// The same for a place before the end of one partition.
    public boolean reached(TopicPartition partition, long offset) {
        long position = consumer.position(partition);
        if (position >= offset) {
            return true;
        }
        long now = System.nanoTime();
        if (position != stoodAt) {
            stoodAt = position;
            stoodSince = now;
            told = false;
        } else if (!told && now - stoodSince > TOLD_AFTER.toNanos()) {
            told = true;
            LOG.info(
                    "waiting for what {} has from offset {} to {}: a transaction is open there, until its program ends"
                            + " it or the broker aborts it, or Kafka does not answer",
                    partition,
                    position,
                    offset);
        }
        return false;
    }
}
