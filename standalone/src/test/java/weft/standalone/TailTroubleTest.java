package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.Topics;
import weft.monitoring.Tail;
import weft.standalone.broker.EmbeddedBroker;

/// `tail` while its broker goes and comes again, and while its topic is made again.
@Tag("system")
class TailTroubleTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Tail.Filter ALL = new Tail.Filter(Optional.empty(), OptionalInt.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    @Timeout(300)
    void everyLineIsPrintedOnce() throws Exception {
        int port = WeftProcess.freePort();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", port);
        try {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            put(kafka, "a");
            CompletableFuture<Void> tail = tail(kafka);
            awaitPrinted("a");

            broker.close();
            broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", port);
            put(kafka, "b");
            awaitPrinted("a", "b");

            try (Admin admin = kafka.admin()) {
                admin.deleteTopics(List.of(TOPICS.assignments())).all().get();
                await().atMost(PATIENCE)
                        .until(() -> !admin.listTopics().names().get().contains(TOPICS.assignments()));
            }
            TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
            put(kafka, "c");
            awaitPrinted("a", "b", "c");
            put(kafka, "d");
            awaitPrinted("a", "b", "c", "d");

            stopped.set(true);
            await().atMost(PATIENCE).until(tail::isDone);
            tail.join();
        } finally {
            broker.close();
        }
    }

    private CompletableFuture<Void> tail(KafkaConnection kafka) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return CompletableFuture.runAsync(() -> {
            try {
                Tail.run(kafka, TOPICS, ALL, true, 0, out, stopped::get);
            } catch (InterruptedException fault) {
                throw new AssertionError(fault);
            }
        });
    }

    private void awaitPrinted(String... lines) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                printed.toString(StandardCharsets.UTF_8).lines())
                        .containsExactly(lines));
    }

    private static void put(KafkaConnection kafka, String line) throws Exception {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            producer.send(new ProducerRecord<>(TOPICS.assignments(), "x", line.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
