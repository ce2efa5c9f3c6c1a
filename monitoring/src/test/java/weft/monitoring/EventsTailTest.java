package weft.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import weft.core.model.ModelName;
import weft.kafka.service.UserError;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.StreamEvent.Kind;
import weft.kafka.wire.Topics;
import weft.monitoring.EventsTail.Filter;
import weft.monitoring.EventsTail.Form;
import weft.testing.MemoryKafka;

class EventsTailTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final Filter ALL = new Filter(Set.of(), Optional.empty());

    private static final StreamEvent DRIFT = event(Kind.DRIFT, "raw", Map.of("signal", "shares", "strength", 12.5));
    private static final StreamEvent OVER = event(Kind.DRIFT_OVER, "raw", Map.of());
    private static final StreamEvent WIDE = event(Kind.DRIFT, "raw@wide", Map.of("signal", "distances"));
    private static final StreamEvent SPLIT =
            event(Kind.SPLIT, "ae", Map.of("cluster", 3, "generation", 1, "centreNow", List.of(0.5, 0.25)));

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private static StreamEvent event(Kind kind, String model, Map<String, Object> details) {
        return new StreamEvent(
                Instant.parse("2026-01-02T03:04:05Z"), kind, model, 20_000, 20_480, Optional.empty(), details);
    }

    private void put(StreamEvent event) {
        kafka.put(TOPICS.events(), event.key(), event.toJson());
    }

    private void putAll() {
        List.of(DRIFT, OVER, WIDE, SPLIT).forEach(this::put);
    }

    private List<String> print(Filter filter, Form form) throws InterruptedException {
        run(filter, form, false, () -> false);
        return lines();
    }

    private void run(Filter filter, Form form, boolean follow, BooleanSupplier stopped) throws InterruptedException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        EventsTail.run(kafka, TOPICS, filter, form, follow, out, stopped);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String json(StreamEvent event) {
        return new String(event.toJson(), StandardCharsets.UTF_8);
    }

    @Test
    void printsWhatIsThereAsItIsAndEnds() throws Exception {
        putAll();

        assertThat(print(ALL, Form.JSON)).containsExactly(json(DRIFT), json(OVER), json(WIDE), json(SPLIT));
    }

    @Test
    void endsWhereNothingHasHappened() throws Exception {
        assertThat(print(ALL, Form.JSON)).isEmpty();
    }

    @Test
    void printsTheKindsThatAreWanted() throws Exception {
        putAll();

        assertThat(print(new Filter(Set.of(Kind.DRIFT_OVER, Kind.SPLIT), Optional.empty()), Form.JSON))
                .containsExactly(json(OVER), json(SPLIT));
    }

    @Test
    void aModelStandsForItsRunsAndARunForItself() throws Exception {
        putAll();

        assertThat(print(new Filter(Set.of(), Optional.of(ModelName.main("raw"))), Form.JSON))
                .containsExactly(json(DRIFT), json(OVER), json(WIDE));
        printed.reset();
        assertThat(print(new Filter(Set.of(Kind.DRIFT), Optional.of(new ModelName("raw", "wide"))), Form.JSON))
                .containsExactly(json(WIDE));
    }

    @Test
    void aLineForPeopleLeavesCentresOut() throws Exception {
        putAll();

        assertThat(print(ALL, Form.TEXT))
                .containsExactly(
                        "2026-01-02T03:04:05.000Z drift raw modelVersion=20000 imagesSeen=20480 signal=shares strength=12.5",
                        "2026-01-02T03:04:05.000Z drift-over raw modelVersion=20000 imagesSeen=20480",
                        "2026-01-02T03:04:05.000Z drift raw@wide modelVersion=20000 imagesSeen=20480 signal=distances",
                        "2026-01-02T03:04:05.000Z split ae modelVersion=20000 imagesSeen=20480 cluster=3 generation=1");
    }

    @Test
    void foreignRecordsArePassedOver() throws Exception {
        kafka.put(TOPICS.events(), "raw", null);
        for (String foreign : List.of("", "[]", "drift", json(DRIFT).replace("\"drift\"", "\"landslide\""))) {
            kafka.put(TOPICS.events(), "raw", foreign.getBytes(StandardCharsets.UTF_8));
        }
        kafka.put(
                TOPICS.events(),
                "raw",
                json(DRIFT).replace("\"raw\"", "\"Raw 7\"").getBytes(StandardCharsets.UTF_8));
        put(OVER);

        assertThat(print(new Filter(Set.of(), Optional.of(ModelName.main("raw"))), Form.JSON))
                .containsExactly(json(OVER));
    }

    @Test
    void followsUntilItIsStopped() throws Exception {
        put(DRIFT);
        AtomicBoolean stopped = new AtomicBoolean();
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> {
            try {
                run(ALL, Form.JSON, true, stopped::get);
            } catch (InterruptedException fault) {
                throw new AssertionError(fault);
            }
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines()).containsExactly(json(DRIFT)));
        put(OVER);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines()).containsExactly(json(DRIFT), json(OVER)));
        assertThat(following).isNotDone();

        stopped.set(true);
        following.join();
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        kafka.delete(TOPICS.events());

        assertThatThrownBy(() -> run(ALL, Form.JSON, false, () -> false))
                .isInstanceOf(UserError.class)
                .hasMessage("topic weft.events does not exist yet (--prefix)");
    }
}
