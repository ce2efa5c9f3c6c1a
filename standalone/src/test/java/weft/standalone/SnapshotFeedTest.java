package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.Topics;
import weft.kafka.wire.proto.LayeredMessage;
import weft.kafka.wire.proto.SnapshotMessage;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.SnapshotFeed;
import weft.standalone.broker.EmbeddedBroker;
import weft.testing.TestData;

/// The way of snapshots from a real broker's topic into use.
@Tag("system")
class SnapshotFeedTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ModelRegistry registry = new ModelRegistry(FlatModels.PIPELINES, TestData.FASHION.shape());
    private final AtomicInteger failures = new AtomicInteger();
    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private FlatModels models;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        TopicSetup.ensure(kafka, TOPICS, Optional.of(1), (short) 1);
        models = new FlatModels(kafka, TOPICS);
    }

    @AfterEach
    void close() {
        models.close();
        broker.close();
    }

    private SnapshotFeed feed() {
        ServiceContext context = new ServiceContext(
                kafka,
                TOPICS,
                TestData.FASHION,
                Families.SNAPSHOTS,
                meters,
                Clock.systemUTC(),
                _ -> failures.incrementAndGet());
        return SnapshotFeed.start(context, registry);
    }

    private long inUse() {
        var known = registry.snapshots("raw");
        return known.isEmpty() ? 0 : known.getFirst().version();
    }

    private double refused(Reason reason) {
        return meters.get("weft.scorer.snapshots.refused")
                .tag("model", "raw")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }

    private static byte[] spoilt(long version, Consumer<SnapshotMessage.Builder> spoil) throws Exception {
        SnapshotMessage.Builder message =
                SnapshotMessage.parseFrom(Families.SNAPSHOTS.encode(FlatModels.snapshot(version))).toBuilder();
        spoil.accept(message);
        return message.build().toByteArray();
    }

    private static byte[] spoiltParts(long version, Consumer<LayeredMessage.Builder> spoil) throws Exception {
        return spoilt(version, it -> {
            try {
                LayeredMessage.Builder parts = LayeredMessage.parseFrom(it.getPayload()).toBuilder();
                spoil.accept(parts);
                it.setPayload(parts.build().toByteString());
            } catch (InvalidProtocolBufferException fault) {
                throw new IllegalStateException(fault);
            }
        });
    }

    @Test
    void whatIsBadIsRefusedAndCountedByReasonAndTheNextGoodOneIsUsed() throws Exception {
        models.publish(100);
        try (SnapshotFeed _ = feed()) {
            await().atMost(PATIENCE).until(() -> inUse() == 100);
            models.publish("raw", "no snapshot".getBytes(StandardCharsets.UTF_8));
            models.publish("raw", new byte[Topics.SNAPSHOT_BYTES + 1]);
            models.publish("raw", spoilt(101, it -> it.setFormat(9)));
            models.publish(
                    "raw",
                    spoiltParts(
                            102,
                            it -> it.getEncoderBuilder().getIdentityBuilder().setInputs(10)));
            models.publish(
                    "raw",
                    spoiltParts(
                            103,
                            it -> it.getPipelinesBuilder(0)
                                    .getCentroidsBuilder()
                                    .getCentroidsBuilder()
                                    .setValues(5, Float.NaN)));
            models.publish(99);
            models.publish("raw", null);
            models.publish("unwanted", "no snapshot".getBytes(StandardCharsets.UTF_8));
            models.abort(104);
            await().atMost(PATIENCE).until(() -> refused(Reason.OLDER) == 1);
            assertThat(inUse()).isEqualTo(100);

            models.publish(105);
            await().atMost(PATIENCE).until(() -> inUse() == 105);
        }

        for (Reason reason : Reason.values()) {
            assertThat(refused(reason)).as(reason.name()).isEqualTo(1);
        }
        assertThat(registry.snapshots("raw"))
                .extracting(snapshot -> snapshot.version())
                .containsExactly(105L, 100L);
        assertThat(meters.get("weft.scorer.model.version").gauge().value()).isEqualTo(105);
        assertThat(failures).hasValue(0);
    }

    @Test
    @Timeout(120)
    void aColdStartReadsAllOfALongTopicBeforeItIsCaughtUp() throws Exception {
        long newest = 1_000;
        for (long version = 1; version <= newest; version++) {
            models.publish(version);
        }

        try (SnapshotFeed feed = feed()) {
            feed.awaitCaughtUp();

            assertThat(inUse()).isEqualTo(newest);
        }
        assertThat(failures).hasValue(0);
    }
}
