package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.model.ModelName;

class DeploymentTest {
    private static final ModelName RAW = ModelName.main("raw");

    @Test
    void theRecordIsReadAsItWasWritten() {
        Deployment deployment = Deployment.none(RAW)
                .serving("main", OptionalLong.of(2_512))
                .challengedBy(List.of("wide", "deep"), Map.of("deep", "meanMargin+0 for 1000"))
                .remembering(RAW, 60_000)
                .remembering(RAW, 2_512)
                .signed(Instant.parse("2026-11-29T12:00:00Z"), "eva", "blurred since noon");
        assertThat(new String(deployment.toJson(), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"raw\",\"run\":\"main\",\"version\":2512,\"challengers\":[\"wide\",\"deep\"],"
                        + "\"promoteWhen\":{\"deep\":\"meanMargin+0 for 1000\"},\"at\":\"2026-11-29T12:00:00.000Z\","
                        + "\"by\":\"eva\",\"why\":\"blurred since noon\",\"deployed\":[\"raw/2512\",\"raw/60000\"]}");
        assertThat(Deployment.fromRecord("raw", deployment.toJson())).isEqualTo(deployment);
    }

    @Test
    void withoutARecordTheModelsOwnRunServesItsNewest() {
        Deployment none = Deployment.none(new ModelName("ae", "wide"));
        assertThat(none.serving()).hasToString("ae@wide");
        assertThat(none.version()).isEmpty();
        assertThat(new String(none.toJson(), StandardCharsets.UTF_8)).contains("\"version\":\"newest\"");
    }

    @Test
    void aChallengerThatIsPromotedChallengesNoMore() {
        Deployment promoted = Deployment.none(RAW)
                .challengedBy(List.of("wide", "deep"), Map.of("wide", "a", "deep", "b"))
                .serving("wide", OptionalLong.empty());
        assertThat(promoted.serving()).hasToString("raw@wide");
        assertThat(promoted.challengers()).containsExactly("deep");
        assertThat(promoted.gates()).containsOnlyKeys("deep");
    }

    @Test
    void aHumanMayWriteTheShortestOne() {
        Deployment deployment = Deployment.fromRecord("raw", utf8("{\"model\":\"raw\",\"run\":\"wide\"}"));
        assertThat(deployment.version()).isEmpty();
        assertThat(deployment.challengers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | not a deployment",
                "[] | field model must be a text",
                "{\"model\":\"ae\",\"run\":\"main\"} | its key is raw and its model 'ae'",
                "{\"model\":\"raw\"} | field run must be a text, not missing",
                "{\"model\":\"raw\",\"run\":\"A b\"} | not 'A b'",
                "{\"model\":\"raw\",\"run\":\"main\",\"version\":0} | version must be at least 1, not 0",
                "{\"model\":\"raw\",\"run\":\"main\",\"version\":1.5} | a whole number or \"newest\", not '1.5'",
                "{\"model\":\"raw\",\"run\":\"main\",\"version\":\"last\"} | a whole number or \"newest\"",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"main\"]} | serves raw and cannot challenge it",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"a\",\"a\"]} | challenges raw twice",
                "{\"model\":\"raw\",\"run\":\"main\",\"promoteWhen\":{\"a\":\"x\"}} | does not challenge",
                "{\"model\":\"raw\",\"run\":\"wide\",\"challengers\":[\"main\"]} | gives model raw its name and cannot",
                "{\"model\":\"raw\",\"run\":\"main\",\"challengers\":[\"a\"],\"promoteWhen\":{\"a\":\"x\"}} | a gate is",
                "{\"model\":\"raw\",\"run\":\"main\",\"deployed\":[\"raw/x\"]} | not 'raw/x'",
                "{\"model\":\"raw\",\"run\":\"main\",\"at\":\"noon\"} | not a deployment",
            })
    void whatMakesNoSenseIsRefusedInOneLine(String json, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployment.fromRecord("raw", utf8(json)))
                .withMessageContaining(why)
                .satisfies(fault -> assertThat(fault).message().doesNotContain("\n"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
