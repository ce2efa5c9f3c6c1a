package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.kafka.service.Deployments;
import weft.kafka.service.UserError;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.testing.MemoryKafka;

/// What a command makes of a topic whose last record makes no sense, and what it refuses to add.
class RepairingTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final ModelName RAW = ModelName.main("raw");
    private static final ModelName WIDE = new ModelName("raw", "wide");
    private static final Deployments.Signature EVA = new Deployments.Signature("eva", "");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final Logger logger = (Logger) LoggerFactory.getLogger("weft.kafka.service");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void begin() {
        log.start();
        logger.addAppender(log);
        publish(RAW, 100, 200, 300);
        publish(WIDE, 10, 20);
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
    }

    @Test
    void aRecordThatNamesWhatIsNotThereIsNotInForce() {
        for (String senseless : List.of(
                "{\"model\":\"raw\",\"run\":\"nobody\"}",
                "{\"model\":\"raw\",\"run\":\"main\",\"version\":150}",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"nobody\"]}",
                "{\"model\":\"raw\",\"run\":\"wide\",\"challengers\":[\"main\"]}",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"wide\"],\"promoteWhen\":{\"wide\":\"soon\"}}")) {
            kafka.put(TOPICS.deployments(), "raw", senseless.getBytes(StandardCharsets.UTF_8));
            log.list.clear();
            Deployment now = decide(RAW, deployments -> {
                assertThat(deployments.current()).as(senseless).isEqualTo(Deployment.none(RAW));
                return deployments.rollback(OptionalLong.empty(), EVA);
            });
            assertThat(now.serving()).isEqualTo(RAW);
            assertThat(now.version()).hasValue(200);
            assertThat(now.challengers()).isEmpty();
            assertThat(told()).hasSize(1).first().asString().contains("of model raw makes no sense and is passed over");
            kafka.put(TOPICS.deployments(), "raw", null);
        }
    }

    @Test
    void theRecordBeforeItIsInForce() {
        decide(RAW, deployments -> deployments.promote("wide", EVA));
        kafka.put(TOPICS.deployments(), "raw", "nonsense".getBytes(StandardCharsets.UTF_8));
        Deployment now = decide(RAW, deployments -> deployments.rollback(OptionalLong.empty(), EVA));
        assertThat(now.serving()).isEqualTo(WIDE);
        assertThat(now.version()).hasValue(10);
        log.list.clear();
        assertThat(decide(RAW, deployments -> deployments.follow(EVA)).serving())
                .isEqualTo(WIDE);
        assertThat(told()).as("the topic is in order again").isEmpty();
    }

    @Test
    void thePlacesOwnRunCannotChallengeWhileAnotherServes() {
        decide(RAW, deployments -> deployments.promote("wide", EVA));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> decide(RAW, deployments -> deployments.challenge("main", Optional.empty(), EVA)))
                .withMessage("run main gives model raw its name and cannot challenge there while run wide serves:"
                        + " weft promote raw --run main, then challenge with run wide");
        assertThat(kafka.records(TOPICS.deployments())).hasSize(1);
    }

    @Test
    void aVersionThatCannotBeReadStopsNoDecision() {
        kafka.put(TOPICS.models(), "raw@wide/30", new byte[] {1});
        kafka.put(TOPICS.models(), "raw@wide/40", new byte[] {1});
        kafka.put(TOPICS.models(), "raw@bad/1", new byte[] {1});
        assertThat(decide(RAW, deployments -> deployments.challenge("wide", Optional.empty(), EVA))
                        .challengers())
                .containsExactly("wide");
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("newer versions of model raw@wide are passed over: 2, the first raw@wide/40: ");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> decide(RAW, deployments -> deployments.challenge("bad", Optional.empty(), EVA)))
                .withMessageStartingWith("no version of model raw@bad is on weft.models that can be read, raw@bad/1: ");
    }

    @Test
    void whoDecidesForARunThatServesAnotherPlaceIsTold() {
        decide(RAW, deployments -> deployments.promote("wide", EVA));
        assertThat(told()).isEmpty();
        Deployment now = decide(WIDE, deployments -> deployments.rollback(OptionalLong.empty(), EVA));
        assertThat(now.model()).isEqualTo(WIDE);
        assertThat(told())
                .containsExactly("model raw@wide serves as raw too, where this changes nothing: decide for model raw");
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private Deployment decide(ModelName place, Function<Deployments, Deployment> decision) {
        try (Deployments deployments = Deployments.open(kafka, TOPICS, TestModels.CODEC, place, Clock.systemUTC())) {
            return decision.apply(deployments);
        }
    }

    private void publish(ModelName model, long... versions) {
        for (long version : versions) {
            kafka.put(
                    TOPICS.models(),
                    SnapshotKey.of(model, version).toString(),
                    TestModels.CODEC.encode(TestModels.as(TestModels.snapshot(version, version, 0, 1), model.run())));
        }
    }
}
