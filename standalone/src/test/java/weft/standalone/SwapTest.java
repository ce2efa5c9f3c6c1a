package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Pixels;
import weft.core.service.KafkaConnection;
import weft.core.service.TopicSetup;
import weft.core.wire.Topics;
import weft.scorer.ScorerService;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.broker.EmbeddedBroker;

/// Snapshots are swapped while images flow, about a thousand a second.
class SwapTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final AtomicInteger failures = new AtomicInteger();

    /// `-Dweft.swaps=300` for the measurement: from a snapshot's commit to the first image scored by it.
    @Test
    void everySnapshotIsSeenInTheAssignmentsAndNoneIsTakenBack() throws Exception {
        int swaps = Integer.getInteger("weft.swaps", 10);
        NavigableMap<Long, Instant> committed = new TreeMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = new KafkaConnection(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            try (FlatModels models = new FlatModels(kafka, TOPICS);
                    ScorerService scorer = ScorerService.start(
                            kafka,
                            TOPICS,
                            FlatModels.PIPELINES,
                            folder.resolve("score"),
                            1,
                            LabelPolicy.USUAL,
                            new SimpleMeterRegistry(),
                            _ -> failures.incrementAndGet())) {
                models.publish(1);
                await().atMost(PATIENCE).until(scorer::ready);
                AtomicBoolean stop = new AtomicBoolean();
                Thread images = Thread.ofPlatform().start(() -> send(kafka, stop));
                try {
                    for (long version = 2; version < 2 + swaps; version++) {
                        models.publish(version);
                        committed.put(version, Instant.now());
                        long swap = version;
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(100))
                                .until(() -> newest(kafka) >= swap);
                    }
                } finally {
                    stop.set(true);
                    images.join();
                }
            }
            assertSwapped(kafka, committed);
        }
        assertThat(failures).hasValue(0);
    }

    private static void send(KafkaConnection kafka, AtomicBoolean stop) {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; !stop.get(); i++) {
                Future<?> _ =
                        producer.send(new ProducerRecord<>(TOPICS.images(), "image-" + i, new byte[Pixels.COUNT]));
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static long newest(KafkaConnection kafka) throws IOException {
        List<JsonNode> assignments = assignments(kafka);
        return assignments.isEmpty()
                ? 0
                : assignments.getLast().required("modelVersion").asLong();
    }

    private static List<JsonNode> assignments(KafkaConnection kafka) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (var record : TopicReader.read(kafka, TOPICS.assignments())) {
            found.add(new ObjectMapper().readTree(record.value()));
        }
        return found;
    }

    private static void assertSwapped(KafkaConnection kafka, NavigableMap<Long, Instant> committed) throws IOException {
        Map<Long, Instant> seen = new TreeMap<>();
        long last = 0;
        for (JsonNode assignment : assignments(kafka)) {
            long version = assignment.required("modelVersion").asLong();
            assertThat(version).isGreaterThanOrEqualTo(last);
            last = version;
            seen.putIfAbsent(
                    version, Instant.parse(assignment.required("scoredAt").asText()));
        }
        assertThat(seen.keySet()).containsAll(committed.keySet());
        List<Long> millis = new ArrayList<>();
        committed.forEach((version, at) ->
                millis.add(Duration.between(at, seen.get(version)).toMillis()));
        Collections.sort(millis);
        System.out.printf(
                "%d swaps, from the commit's return to the first image scored: p50 %d ms, p99 %d ms, most %d ms%n",
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get((int) Math.ceil(.99 * millis.size()) - 1),
                millis.getLast());
    }
}
