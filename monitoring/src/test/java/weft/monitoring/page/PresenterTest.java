package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static weft.kafka.wire.QualityFigures.named;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import weft.core.image.Label;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.wire.QualityEvent;
import weft.testing.TestData;

/// What browsers are told.
class PresenterTest {
    private final PageState state = new PageState(
            TestData.FASHION, Clock.fixed(Seen.NOW, ZoneOffset.UTC), Clock.fixed(Seen.NOW, ZoneOffset.UTC));
    private final Presenter presenter = new Presenter(state, Optional::empty);

    @Test
    void beforeAnythingHasComeAFrameIsEmptyAndStillAFrame() {
        Views.Frame frame = presenter.frame("", 0);
        assertThat(frame.pipelines()).isEmpty();
        assertThat(frame.selected()).isNull();
        assertThat(Views.json(frame)).contains("\"images\":0.0").doesNotContain("NaN");
    }

    @Test
    void aFrameHoldsFiguresAndClusters() {
        publish(false);
        state.see(Seen.image("a", 8, Map.of("raw-kmeans-2", 1)));
        state.measured(new QualityEvent(
                "raw-kmeans-2",
                512,
                Seen.NOW,
                List.of(
                        named("images").of(700.0),
                        named("prequentialWindowAccuracy").of(0.5))));
        Views.Frame frame = presenter.frame("raw-kmeans-2", 0);
        assertThat(frame.pipelines()).hasSize(1);
        assertThat(frame.pipelines().getFirst().images()).isEqualTo(700);
        assertThat(frame.selected()).isNotNull().satisfies(selected -> {
            assertThat(selected.modelVersion()).isEqualTo(512);
            assertThat(selected.clusters()).extracting(Views.ClusterView::size).containsExactly(0, 1);
        });
        assertThat(presenter.history().pipelines().get("raw-kmeans-2")).hasSize(1);
    }

    @Test
    void aCentreIsDrawnAsItIs() throws IOException {
        publish(false);
        assertThat(sample(presenter.centre("raw-kmeans-2", 1))).isEqualTo(255);
        assertThat(sample(presenter.centre("raw-kmeans-2", 0))).isZero();
    }

    @Test
    void aDirectionIsDrawnAsTheMeanOfItsMembers() throws IOException {
        publish(true);
        assertThatThrownBy(() -> presenter.centre("raw-kmeans-2", 1))
                .isInstanceOf(Unknown.class)
                .hasMessage("cluster 1 of raw-kmeans-2 has no picture yet");
        state.see(Seen.image("a", 4, Map.of("raw-kmeans-2", 1)));
        state.see(Seen.image("b", 8, Map.of("raw-kmeans-2", 1)));
        assertThat(sample(presenter.centre("raw-kmeans-2", 1))).isEqualTo(60);
    }

    @Test
    void whatIsNotKnownIsNamed() {
        publish(false);
        assertThatThrownBy(() -> presenter.centre("ae-gmm-9", 0)).hasMessage("no pipeline 'ae-gmm-9'");
        assertThatThrownBy(() -> presenter.members("raw-kmeans-2", 2))
                .hasMessage("pipeline raw-kmeans-2 has clusters 0 to 1, not 2");
        assertThatThrownBy(() -> presenter.image("x")).hasMessage("no image 'x' among the recent ones");
        assertThatThrownBy(() -> presenter.strip(List.of(), Optional.empty()))
                .hasMessage("a strip has 1 to 16 images, not 0");
        state.see(Seen.image("a", 1, Map.of("raw-kmeans-2", 1)));
        assertThatThrownBy(() -> presenter.reconstruction("ae", "a")).hasMessage("no snapshot of model 'ae'");
        assertThatThrownBy(() -> presenter.reconstruction("raw", "a")).hasMessage("model raw has no decoder");
    }

    @Test
    void membersThatWereShownCanBeAskedForAfterTheirWindow() {
        publish(false);
        state.see(Seen.image("seen", 1, Map.of("raw-kmeans-2", 1)));
        state.see(Seen.image("unseen", 1, Map.of("raw-kmeans-2", 0)));
        assertThat(presenter.members("raw-kmeans-2", 1).members()).hasSize(1);
        for (int i = 0; i < PageState.WINDOW; i++) {
            state.see(Seen.image("later-" + i, 2, Map.of("raw-kmeans-2", 1)));
        }
        state.labelled("seen", new Label("Sneaker", OptionalInt.of(7)));
        assertThat(presenter.image("seen").placements()).containsOnlyKeys("raw-kmeans-2");
        assertThat(presenter.image("seen").label()).isEqualTo(7);
        assertThatThrownBy(() -> presenter.image("unseen")).isInstanceOf(Unknown.class);
    }

    private static int sample(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png)).getRaster().getSample(0, 0, 0);
    }

    private void publish(boolean normalised) {
        float[] centres = new float[2 * 784];
        centres[784] = 1;
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(PipelineName.parse("raw-kmeans-2"), new Centroids(Matrix.of(2, 784, centres), normalised));
        Model model = new Model(
                ModelName.main("raw"),
                new Shape.Image(28, 28, 1),
                new IdentityEncoder(784),
                Optional.empty(),
                clusterers);
        state.published(new Snapshot(model, new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test")), Seen.NOW);
    }
}
