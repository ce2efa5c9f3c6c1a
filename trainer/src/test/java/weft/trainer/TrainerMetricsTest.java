package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.core.model.Snapshot;
import weft.trainer.learn.ImageRecord;
import weft.trainer.learn.ModelLearner;
import weft.trainer.learn.Plans;
import weft.trainer.learn.Publication;

class TrainerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainerMetrics metrics = new TrainerMetrics(registry, "raw");

    @Test
    void tellsWhatWasLearntAndPublished() {
        ImageValues pixels = ImageValues.of(Plans.GREY, new byte[784]);
        ModelLearner learner = new ModelLearner(Plans.of("raw-kmeans-2"), (_, _) -> {}, "test", Optional.empty());
        Optional<Publication> last = Optional.empty();
        for (int i = 0; i < 128; i++) {
            Image image = new Image(Split.TRAIN, 0, pixels);
            last = learner.accept(new ImageRecord(0, i, Optional.of(image), i % 64 == 63));
        }
        Publication publication = last.orElseThrow();
        Snapshot snapshot = publication.snapshot().orElseThrow();
        metrics.learnt(learner.imagesSeen());
        metrics.age(1.5);
        metrics.unreadable();
        metrics.published(snapshot, publication);
        metrics.published(snapshot, publication);

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
