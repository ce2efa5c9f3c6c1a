package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @Test
    void allBeginWithThePrefix() {
        Topics topics = new Topics("team-a");

        assertThat(topics.specs(4))
                .extracting(Topics.Spec::name, Topics.Spec::partitions)
                .containsExactly(
                        tuple("team-a.dataset", 1),
                        tuple("team-a.images", 4),
                        tuple("team-a.labels", 4),
                        tuple("team-a.models", 1),
                        tuple("team-a.checkpoints", 1),
                        tuple("team-a.assignments", 4),
                        tuple("team-a.quality", 1),
                        tuple("team-a.quality-partials", 1),
                        tuple("team-a.events", 1),
                        tuple("team-a.deployments", 1),
                        tuple("team-a.dead-letters", 1));
        assertThat(topics.trainerGroup("ae")).isEqualTo("team-a-trainer-ae");
        assertThat(topics.scorerApplication()).isEqualTo("team-a-scorer");
    }

    @Test
    void modelsAreKeptForEverAndImagesAWeek() {
        // 7 * 24 * 3600 s; 4 MiB and 4 KiB; 24 * 3600 s; 64 MiB.
        assertThat(config("weft.images"))
                .isEqualTo(Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        "604800000",
                        "message.timestamp.type",
                        "LogAppendTime"));
        assertThat(config("weft.models"))
                .isEqualTo(Map.of(
                        "cleanup.policy",
                        "compact",
                        "max.message.bytes",
                        "4198400",
                        "segment.ms",
                        "86400000",
                        "segment.bytes",
                        "67108864"));
        // 30 * 24 * 3600 s.
        assertThat(config("weft.dead-letters")).containsEntry("retention.ms", "2592000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "täglich", "a/b", "weft\n"})
    void refusesAPrefixThatKafkaWouldNotTake(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(prefix))
                .withMessage(
                        "prefix must be 1 to 100 letters, digits, dots, dashes or underscores, not '" + prefix + "'");
    }

    @Test
    void prefixHasAtMost100Characters() {
        assertThat(new Topics("x".repeat(100)).images()).hasSize(107);
        assertThatIllegalArgumentException().isThrownBy(() -> new Topics("x".repeat(101)));
    }

    private static Map<String, String> config(String name) {
        return new Topics("weft")
                .specs(1).stream()
                        .filter(spec -> spec.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .config();
    }
}
