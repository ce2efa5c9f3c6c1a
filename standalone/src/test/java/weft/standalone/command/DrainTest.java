package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Repeated;
import weft.kafka.service.TopicSetup;
import weft.kafka.service.Trouble;
import weft.kafka.wire.Topics;
import weft.standalone.WeftProcess;
import weft.standalone.broker.EmbeddedBroker;

/// The end of `up --once`: all that is on the topic has been trained on and scored, and nothing else is waited for.
@Tag("system")
@Timeout(240)
class DrainTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final List<String> GROUPS = List.of(TOPICS.trainerGroup("raw"), TOPICS.scorerApplication());
    private static final TopicPartition IMAGES = new TopicPartition(TOPICS.images(), 0);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final Trouble trouble = new Trouble("drain", Clock.systemUTC());
    private int port;
    private EmbeddedBroker broker;
    private KafkaConnection kafka;

    /// For what the test itself does, on a machine however busy.
    private KafkaConnection patient;

    @BeforeEach
    void start() throws Exception {
        port = WeftProcess.freePort();
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", port);
        // A broker that is away is noticed in seconds: whoever asks it gives up after a minute else, more than once.
        kafka = KafkaConnection.to(
                broker.address(), Map.of("default.api.timeout.ms", "5000", "request.timeout.ms", "4000"));
        patient = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(patient, TOPICS, Optional.of(1), (short) 1);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void theMarkOfATransactionIsNotWaitedFor() throws Exception {
        send(5);
        try (Producer<String, byte[]> foreign = openTransaction()) {
            foreign.abortTransaction();
        }
        commit(2);
        Drain drain = Drain.now(kafka, TOPICS);
        assertThat(drain.near(GROUPS, 3)).isTrue();
        assertThat(drain.near(GROUPS, 2)).isFalse();
        commit(5);
        drain.await(GROUPS);
        assertThat(drain.near(GROUPS, 0)).isTrue();
    }

    @Test
    void whatStandsBehindAnOpenTransactionIsWaitedFor() throws Exception {
        try (Producer<String, byte[]> foreign = openTransaction()) {
            send(3);
            // As far as readers get now.
            commit(0);
            CompletableFuture<Optional<Boolean>> drain = drain(() -> Drain.now(kafka, TOPICS));
            foreign.abortTransaction();
            commit(3);
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !drain.isDone());
            commit(4);
            await().atMost(PATIENCE).until(drain::isDone);
            assertThat(drain.join()).contains(true);
        }
    }

    @Test
    void aBrokerThatIsAwayForLongBreaksNothingOff() throws Exception {
        send(5);
        // It knows the end: a reader that is still looking for it waits for the broker without a word.
        Drain ready = Drain.now(kafka, TOPICS);
        CompletableFuture<Optional<Boolean>> drain = drain(() -> ready);
        broker.close();
        await().atMost(PATIENCE).until(() -> trouble.report().isPresent());
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", port);
        commit(5);
        await().atMost(PATIENCE).until(drain::isDone);
        assertThat(drain.join()).contains(true);
        assertThat(trouble.report()).isEmpty();
    }

    private CompletableFuture<Optional<Boolean>> drain(Supplier<Drain> made) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Repeated.run("drain", trouble, () -> false, () -> {
                    made.get().await(GROUPS);
                    return true;
                });
            } catch (InterruptedException fault) {
                throw new AssertionError(fault);
            }
        });
    }

    private void send(int images) throws Exception {
        try (Producer<String, byte[]> producer = patient.producer(Map.of())) {
            for (int i = 0; i < images; i++) {
                producer.send(new ProducerRecord<>(TOPICS.images(), "i" + i, new byte[784]))
                        .get();
            }
        }
    }

    private Producer<String, byte[]> openTransaction() throws Exception {
        Producer<String, byte[]> foreign = patient.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "foreign"));
        foreign.initTransactions();
        foreign.beginTransaction();
        foreign.send(new ProducerRecord<>(TOPICS.images(), "foreign", new byte[] {1}))
                .get();
        return foreign;
    }

    /// As trainer and scorer do.
    private void commit(long offset) throws Exception {
        try (Admin admin = patient.admin()) {
            for (String group : GROUPS) {
                admin.alterConsumerGroupOffsets(group, Map.of(IMAGES, new OffsetAndMetadata(offset)))
                        .all()
                        .get();
            }
        }
    }
}
