package weft.kafka.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.Standing;

class AssignmentEventTest {
    private static final String FULL = """
            {"imageId":"train-00042","epoch":1,"pipeline":"ae-gmm-10","modelVersion":60000,"cluster":7,\
            "clusterName":"Ankle boot","score":0.75,"margin":0.5,"label":9,"labelName":"Ankle boot","split":"train","trainedOn":true,\
            "partition":3,"offset":5000000000,"eventTime":"2026-01-02T03:04:05.678Z","scoredAt":"2026-01-02T03:04:05.700Z"}""";

    private static final String LEAST = """
            {"imageId":"x","epoch":0,"pipeline":"raw-kmeans-2","modelVersion":0,"cluster":0,"score":0.0,"margin":0.0,\
            "split":"test","trainedOn":false,"partition":0,"offset":0,"eventTime":"1970-01-01T00:00:00.000Z",\
            "scoredAt":"1970-01-01T00:00:01.000Z"}""";

    static AssignmentEvent full() {
        return new AssignmentEvent(
                "train-00042",
                1,
                "ae-gmm-10",
                60_000,
                new Assignment(7, 0.75, 0.5),
                Optional.of("Ankle boot"),
                Optional.of(new Label("Ankle boot", OptionalInt.of(9))),
                Split.TRAIN,
                true,
                3,
                5_000_000_000L,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Instant.parse("2026-01-02T03:04:05.700Z"));
    }

    /// Nobody labelled the image, and its cluster has no name yet.
    static AssignmentEvent least() {
        return new AssignmentEvent(
                "x",
                0,
                "raw-kmeans-2",
                0,
                new Assignment(0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Split.TEST,
                false,
                0,
                0,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
    }

    @Test
    void isOneFlatObject() {
        assertThat(new String(full().toJson(), UTF_8)).isEqualTo(FULL);
        assertThat(new String(least().toJson(), UTF_8)).isEqualTo(LEAST);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "0.004, 0.0",
        "0.006, 0.01",
        "0.101, 0.1",
        "0.05, 0.05",
        "0.731, 0.73",
        "0.333333333, 0.33",
        "0.89499, 0.89",
        "0.8996, 0.9",
        "0.90004, 0.9",
        "0.90006, 0.9001",
        "0.98994, 0.9899",
        "0.98996, 0.99",
        "0.99, 0.99",
        "0.990004, 0.990004",
        "0.999123456, 0.9991235",
        "0.9999999, 0.9999999",
        "0.99999999, 1.0",
        "1, 1.0"
    })
    void howStrangeItIsHasMoreDecimalsWhereItCounts(double outlier, String text) {
        AssignmentEvent least = least();
        AssignmentEvent event = new AssignmentEvent(
                least.imageId(),
                least.epoch(),
                least.pipeline(),
                1_234_567_890_123L,
                least.assignment(),
                Optional.of(new Standing(outlier, 12)),
                least.clusterName(),
                least.label(),
                least.split(),
                least.trainedOn(),
                least.partition(),
                Long.MAX_VALUE,
                least.eventTime(),
                least.scoredAt());

        assertThat(new String(event.toJson(), UTF_8))
                .contains(",\"margin\":0.0,\"outlier\":" + text + ",\"generation\":12,\"split\"")
                .contains(",\"modelVersion\":1234567890123,\"cluster\":0,")
                .contains(",\"offset\":9223372036854775807,");
        assertThat(AssignmentEvent.fromJson(event.toJson()).standing())
                .contains(new Standing(Double.parseDouble(text), 12));
    }

    @Test
    void roundTrips() {
        assertThat(AssignmentEvent.fromJson(full().toJson())).isEqualTo(full());
        assertThat(AssignmentEvent.fromJson(least().toJson())).isEqualTo(least());
    }

    @Test
    void textIsEscapedAndKeepsEveryScript() {
        String id = "a \"b\" \\ \n \u0001 Größe 靴 \uD83D\uDC5F";
        AssignmentEvent event = new AssignmentEvent(
                id,
                0,
                "raw-kmeans-2",
                1,
                new Assignment(1, 1e-12, 3.4e12),
                Optional.of("Schuh \"ß\""),
                Optional.of(new Label("靴", OptionalInt.empty())),
                Split.TEST,
                false,
                0,
                7,
                Instant.EPOCH,
                Instant.EPOCH);

        AssignmentEvent read = AssignmentEvent.fromJson(event.toJson());

        assertThat(read.imageId()).isEqualTo(id);
        assertThat(read.clusterName()).isEqualTo(event.clusterName());
        assertThat(read.label()).isEqualTo(event.label());
        assertThat((float) read.assignment().score()).isEqualTo(1e-12f);
        assertThat((float) read.assignment().margin()).isEqualTo(3.4e12f);
    }

    @Test
    void aLabelThatIsNoNumberIsText() {
        String text =
                FULL.replace("\"label\":9,\"labelName\":\"Ankle boot\"", "\"label\":\"cat\",\"labelName\":\"cat\"");
        AssignmentEvent event = AssignmentEvent.fromJson(text.getBytes(UTF_8));

        assertThat(event.label()).contains(new Label("cat", OptionalInt.empty()));
        assertThat(new String(event.toJson(), UTF_8)).isEqualTo(text);
    }

    @Test
    void theLabelOfEarlierReleasesHadNoName() {
        String old = FULL.replace(",\"labelName\":\"Ankle boot\"", "");

        assertThat(AssignmentEvent.fromJson(old.getBytes(UTF_8)).label()).contains(new Label("9", OptionalInt.of(9)));
    }

    @Test
    void namesTheRunWhereItHasAName() {
        String wide = FULL.replace("ae-gmm-10", "ae-gmm-10@wide");
        AssignmentEvent event = AssignmentEvent.fromJson(wide.getBytes(UTF_8));

        assertThat(new String(event.toJson(), UTF_8))
                .isEqualTo(wide.replace("ae-gmm-10@wide\"", "ae-gmm-10@wide\",\"run\":\"wide\""));
    }

    @Test
    void passesOverFieldsOfLaterVersions() {
        String later = FULL.replace("{\"imageId\"", "{\"colour\":{\"red\":[1]},\"imageId\"");

        assertThat(AssignmentEvent.fromJson(later.getBytes(UTF_8))).isEqualTo(full());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "null",
                "[]",
                "{}",
                "{\"imageId\":",
                "{\"imageId\":\"x\",",
                "{\"imageId\":\"x\"}",
            })
    void refusesWhatIsNoAssignment(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> AssignmentEvent.fromJson(value.getBytes(UTF_8)));
    }

    @Test
    void refusesASpoiltField() {
        byte[] split = FULL.replace("\"train\"", "\"dev\"").getBytes(UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentEvent.fromJson(split))
                .withMessage("split must be train or test, not 'dev'");
        byte[] time = FULL.replace("2026-01-02T03:04:05.700Z", "noon").getBytes(UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentEvent.fromJson(time))
                .withMessage("not an assignment: Text 'noon' could not be parsed at index 0");
    }
}
