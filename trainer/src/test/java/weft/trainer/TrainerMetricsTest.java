package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.Pixels;
import weft.core.image.Split;
import weft.core.model.PipelineName;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.TrainingOptions;

class TrainerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainerMetrics metrics = new TrainerMetrics(registry, "raw");

    @Test
    void tellsWhatWasLearntAndPublished() {
        ModelPlan plan = ModelPlan.of(List.of(PipelineName.parse("raw-kmeans-2")), TrainingOptions.defaults(1))
                .getFirst();
        Pixels pixels = Pixels.of(new byte[Pixels.COUNT]);
        ModelLearner learner = new ModelLearner(
                plan,
                (positions, visitor) -> {
                    for (int i = 0; i < positions.size(); i++) {
                        visitor.image(i, new float[Pixels.COUNT]);
                    }
                },
                "test",
                Optional.empty());
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 64; i++) {
                learner.accept(new Image(Split.TRAIN, 0, pixels), 0, 64 * round + i);
            }
            learner.followWindow();
        }
        metrics.learnt(learner.imagesSeen(), 1.5);
        metrics.unreadable();
        metrics.published(learner);
        metrics.published(learner);

        assertThat(gauge("weft.trainer.images.seen")).isEqualTo(128);
        assertThat(gauge("weft.trainer.event.age")).isEqualTo(1.5);
        assertThat(gauge("weft.model.version")).isEqualTo(128);
        assertThat(gauge("weft.trainer.loss")).isCloseTo(0, within(1e-9));
        assertThat(registry.get("weft.trainer.loss").gauge().getId().getTag("loss"))
                .isEqualTo("raw-kmeans-2.inertia");
        assertThat(gauge("weft.trainer.reseeds")).isZero();
        assertThat(registry.get("weft.trainer.publications").counter().count()).isEqualTo(2);
        assertThat(registry.get("weft.trainer.unreadable").counter().count()).isEqualTo(1);
    }

    @Test
    void raisesTheAlarmOfADivergence() {
        assertThat(gauge("weft.trainer.diverged")).isZero();

        metrics.diverged();

        assertThat(gauge("weft.trainer.diverged")).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get(name).tag("model", "raw").gauge().value();
    }
}
