package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.StreamEvent.Kind;
import weft.kafka.wire.Topics;
import weft.testing.EventSchema;
import weft.testing.MemoryKafka;
import weft.testing.MemoryProducer;
import weft.trainer.learn.Happening;
import weft.trainer.learn.Raised;

/// Events as they reach the topic.
class EventWriterTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryProducer producer = kafka.producer(Map.of());
    private final EventWriter writer =
            new EventWriter(TOPICS, "raw", new TrainerMetrics(registry, "raw"), Clock.fixed(NOW, ZoneOffset.UTC));

    private List<StreamEvent> written() {
        return kafka.records(TOPICS.events()).stream()
                .map(record -> StreamEvent.fromJson(record.value()))
                .toList();
    }

    private double count(Kind kind) {
        return registry.get("weft.trainer.events")
                .tag("kind", kind.id())
                .counter()
                .count();
    }

    @Test
    void everyEventOfATrainingFitsTheSchemaAndCountsByKind() {
        List<Happening> raised = Raised.ofEveryKind();
        assertThat(raised)
                .extracting(Happening::kind)
                .containsAll(EnumSet.complementOf(EnumSet.of(Kind.ROLLBACK, Kind.PROMOTION, Kind.CHALLENGE)));

        raised.forEach(happening -> writer.send(producer, happening, 40_000));

        assertThat(kafka.records(TOPICS.events()))
                .hasSameSizeAs(raised)
                .allSatisfy(
                        record -> assertThat(EventSchema.faults(record.value())).isEmpty())
                .allSatisfy(record -> assertThat(record.key())
                        .isEqualTo(StreamEvent.fromJson(record.value()).key()));
        assertThat(written())
                .extracting(StreamEvent::kind)
                .containsExactlyElementsOf(raised.stream().map(Happening::kind).toList());
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.ROLLBACK, Kind.PROMOTION, Kind.CHALLENGE))) {
            int times =
                    Collections.frequency(raised.stream().map(Happening::kind).toList(), kind);
            assertThat(count(kind)).as(kind.id()).isEqualTo(times);
        }
    }

    @Test
    void aDriftTellsSinceWhenHowStrongAndWhatIsDone() {
        writer.send(producer, Raised.ofEveryKind().getFirst(), 40_000);

        assertThat(written())
                .containsExactly(new StreamEvent(
                        NOW,
                        Kind.DRIFT,
                        "raw",
                        40_000,
                        40_000,
                        Optional.empty(),
                        Map.of(
                                "signal",
                                "distances",
                                "strength",
                                0.31,
                                "sinceImages",
                                30_016,
                                "sincePartition",
                                0,
                                "sinceOffset",
                                35_012,
                                "examples",
                                List.of("0-36100", "0-36107"),
                                "onDrift",
                                "forget")));
        assertThat(registry.get("weft.trainer.drifting").gauge().value()).isEqualTo(1);
    }

    @Test
    void whatIsTakenBackIsNeverSeen() {
        producer.initTransactions();
        producer.beginTransaction();
        writer.send(producer, Raised.ofEveryKind().getFirst(), 40_000);
        producer.abortTransaction();

        assertThat(written()).isEmpty();
    }
}
