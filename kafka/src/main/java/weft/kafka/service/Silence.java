package weft.kafka.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says why nothing comes though all works: one line in the log after ten seconds of waiting, and [#report] for as
/// long as it lasts.
///
/// What a part waits for it says itself. A transaction that another program has open is seen by a partition's two
/// ends: readers of committed records get as far as where it begins, however much is written behind it.
public final class Silence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
    private static final Duration TOLD_AFTER = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// Why somebody waits.
    ///
    /// @param kind that stays the same while the figures in the text change
    public record Cause(String kind, String text) {}

    /// How long a kind of cause has lasted.
    private record Lasting(long since, boolean told) {}

    /// What is watched.
    ///
    /// @param topics that are read; the first is the images'
    /// @param own what the part itself waits for, by how many records the images' topic holds
    /// @param told gets the line
    public record Watched(
            List<String> topics, LongFunction<Optional<Cause>> own, java.util.function.Consumer<String> told) {
        public Watched {
            topics = List.copyOf(topics);
        }

        /// Tells it in the log, behind the part's name.
        public static Watched logged(String part, List<String> topics, LongFunction<Optional<Cause>> own) {
            return new Watched(topics, own, cause -> LOG.info("{}: {}", part, cause));
        }
    }

    private final KafkaConnection kafka;
    private final Watched watched;
    private final LongSupplier nanos;
    private final Map<String, Lasting> lasting = new HashMap<>();
    private final @Nullable Supervised loop;
    private volatile Optional<String> report = Optional.empty();

    Silence(KafkaConnection kafka, Watched watched, LongSupplier nanos) {
        this.kafka = kafka;
        this.watched = watched;
        this.nanos = nanos;
        loop = null;
    }

    private Silence(ServiceContext context, String name, Watched watched) {
        kafka = context.kafka();
        this.watched = watched;
        nanos = System::nanoTime;
        // Kafka away is told by those who need it.
        loop = Supervised.start(name, this::begin, new Trouble(name, context.clock()), context.onFailure());
    }

    /// Starts to watch, once a second.
    ///
    /// @param name of the thread
    public static Silence start(ServiceContext context, String name, Watched watched) {
        return new Silence(context, name, watched);
    }

    /// What is waited for, once it has lasted for ten seconds.
    public Optional<String> report() {
        return report;
    }

    private Supervised.Life begin() {
        Map<String, String> prompt = Map.of(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        Map<String, String> everything = new HashMap<>(prompt);
        everything.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        Consumer<String, byte[]> committed = kafka.consumer(prompt);
        Consumer<String, byte[]> all = kafka.consumer(everything);
        return new Supervised.Life() {
            @Override
            public boolean round() {
                try {
                    look(committed, all);
                } catch (KafkaException away) {
                    LOG.debug("why nothing comes cannot be asked: {}", Faults.line(away));
                    note(List.of());
                }
                return true;
            }

            @Override
            public Duration rest() {
                return EVERY;
            }

            @Override
            public void wakeup() {
                committed.wakeup();
                all.wakeup();
            }

            @Override
            public void close() {
                committed.close(KafkaConnection.promptly());
                all.close(KafkaConnection.promptly());
            }
        };
    }

    private void look(Consumer<?, ?> committed, Consumer<?, ?> all) {
        List<Cause> causes = new ArrayList<>();
        long images = 0;
        for (String topic : watched.topics()) {
            List<TopicPartition> partitions = all.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            // Asked for first: what is between the two ends then is behind an open transaction.
            Map<TopicPartition, Long> ends = all.endOffsets(partitions);
            causes.addAll(open(ends, committed.endOffsets(partitions)));
            if (topic.equals(watched.topics().getFirst())) {
                images = sum(ends.values())
                        - sum(all.beginningOffsets(partitions).values());
            }
        }
        watched.own().apply(images).ifPresent(causes::add);
        note(causes);
    }

    private static long sum(Collection<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }

    /// @param ends where writers are
    /// @param stable where readers of committed records are, asked for later
    static List<Cause> open(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> stable) {
        List<Cause> causes = new ArrayList<>();
        ends.forEach((partition, end) -> {
            long readable = stable.getOrDefault(partition, end);
            if (readable < end) {
                causes.add(new Cause(
                        partition + "@" + readable,
                        "waiting for what " + partition + " has from offset " + readable + " to " + end
                                + ": a transaction is open there, until its program ends it or the broker aborts it"));
            }
        });
        return causes;
    }

    /// Takes what is waited for now, the most telling first.
    void note(List<Cause> causes) {
        long now = nanos.getAsLong();
        lasting.keySet().retainAll(causes.stream().map(Cause::kind).toList());
        Optional<String> first = Optional.empty();
        for (Cause cause : causes) {
            Lasting known = lasting.getOrDefault(cause.kind(), new Lasting(now, false));
            boolean telling = first.isEmpty() && now - known.since() >= TOLD_AFTER.toNanos();
            if (telling) {
                first = Optional.of(cause.text());
                if (!known.told()) {
                    watched.told().accept(cause.text());
                }
            }
            lasting.put(cause.kind(), new Lasting(known.since(), known.told() || telling));
        }
        report = first;
    }

    @Override
    public void close() {
        if (loop != null) {
            loop.close();
        }
    }
}
