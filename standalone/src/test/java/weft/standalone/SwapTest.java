package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// Snapshots are swapped while images flow, about a thousand a second.
@Tag("system")
class SwapTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final AtomicInteger failures = new AtomicInteger();

    /// `./mvnw -P swaps test` for the measurement: from a snapshot's commit to the first image scored by it, and
    /// until a client that reads committed records has that assignment.
    @Test
    void everySnapshotIsSeenInTheAssignmentsAndNoneIsTakenBack() throws Exception {
        int swaps = Integer.getInteger("weft.swaps", 10);
        NavigableMap<Long, Instant> committed = new TreeMap<>();
        Map<Long, Sighting> seen = new ConcurrentHashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            try (FlatModels models = new FlatModels(kafka, TOPICS);
                    ScorerService scorer = ScorerService.start(
                            new ServiceContext(
                                    kafka,
                                    TOPICS,
                                    TestData.FASHION,
                                    Families.SNAPSHOTS,
                                    new SimpleMeterRegistry(),
                                    Clock.systemUTC(),
                                    _ -> failures.incrementAndGet()),
                            new ScorerOptions(FlatModels.PIPELINES, folder.resolve("score"), 1, LabelPolicy.USUAL),
                            Optional.empty());
                    ExecutorService threads = Executors.newFixedThreadPool(2)) {
                models.publish(1);
                await().atMost(PATIENCE).until(scorer::ready);
                AtomicBoolean stop = new AtomicBoolean();
                Future<?> images = threads.submit(() -> send(kafka, stop));
                Future<?> reader = threads.submit(() -> {
                    read(kafka, stop, seen);
                    return true;
                });
                try {
                    for (long version = 2; version < 2 + swaps; version++) {
                        models.publish(version);
                        committed.put(version, Instant.now());
                        long swap = version;
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(100))
                                .until(() -> seen.containsKey(swap) || reader.isDone());
                    }
                } finally {
                    stop.set(true);
                }
                images.get();
                reader.get();
            }
        }
        assertThat(seen.keySet()).containsAll(committed.keySet());
        assertThat(failures).hasValue(0);
        print(
                "first image scored",
                committed,
                version -> sighting(seen, version).scoredAt());
        print(
                "first assignment read",
                committed,
                version -> sighting(seen, version).readAt());
    }

    /// The first assignment of a model version.
    private record Sighting(Instant scoredAt, Instant readAt) {}

    private static Sighting sighting(Map<Long, Sighting> seen, long version) {
        return Objects.requireNonNull(seen.get(version));
    }

    private static void send(KafkaConnection kafka, AtomicBoolean stop) {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; !stop.get(); i++) {
                Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, new byte[784]));
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void read(KafkaConnection kafka, AtomicBoolean stop, Map<Long, Sighting> seen) throws IOException {
        ObjectMapper json = new ObjectMapper();
        long last = 0;
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            TopicPartition partition = new TopicPartition(TOPICS.assignments(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!stop.get()) {
                var records = consumer.poll(Duration.ofMillis(100));
                Instant readAt = Instant.now();
                for (var record : records) {
                    JsonNode assignment = json.readTree(record.value());
                    long version = assignment.required("modelVersion").asLong();
                    assertThat(version).as("no version is taken back").isGreaterThanOrEqualTo(last);
                    last = version;
                    seen.putIfAbsent(
                            version,
                            new Sighting(
                                    Instant.parse(
                                            assignment.required("scoredAt").asText()),
                                    readAt));
                }
            }
        }
    }

    private static void print(String what, NavigableMap<Long, Instant> committed, Function<Long, Instant> seen) {
        List<Long> millis = committed.entrySet().stream()
                .map(swap -> Duration.between(swap.getValue(), seen.apply(swap.getKey()))
                        .toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "%d swaps, from the commit's return to the %s: p50 %d ms, p99 %d ms, most %d ms%n",
                millis.size(),
                what,
                millis.get(millis.size() / 2),
                millis.get((int) Math.ceil(.99 * millis.size()) - 1),
                millis.getLast());
    }
}
