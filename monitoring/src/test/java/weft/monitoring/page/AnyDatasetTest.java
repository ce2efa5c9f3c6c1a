package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static weft.kafka.wire.QualityFigures.named;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Dataset;
import weft.core.image.ImageValues;
import weft.core.image.Label;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.model.PipelineName;
import weft.kafka.wire.QualityEvent;
import weft.testing.TestData;

/// The page's views of other data than Fashion-MNIST.
class AnyDatasetTest {
    private static final Clock CLOCK = Clock.fixed(Seen.NOW, ZoneOffset.UTC);
    private static final String PIPELINE = "raw-kmeans-3";

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 26, 200})
    void namesAndCountsOfLabelsFollowTheStream(int labels) {
        PageState state = state(new Shape.Image(8, 8, 1), List.of());
        Presenter presenter = new Presenter(state, Optional::empty);
        assertThat(presenter.frame(PIPELINE, 0).labels()).isZero();
        for (int i = 0; i < 3 * labels; i++) {
            OptionalInt number = state.number(label("label " + i % labels));
            state.see(image("image-" + i, ImageValues.of(new Shape.Image(8, 8, 1), new byte[64]), number, i % 3));
        }
        Views.Frame frame = presenter.frame(PIPELINE, 0);
        assertThat(frame.labels()).isEqualTo(labels);
        assertThat(presenter.dataset().labels())
                .containsExactlyElementsOf(
                        IntStream.range(0, labels).mapToObj(i -> "label " + i).toList());
        assertThat(frame.selected())
                .isNotNull()
                .satisfies(selected -> assertThat(
                                selected.clusters().stream().flatMap(cluster -> cluster.labels().entrySet().stream()))
                        .as("labels that a cluster has none of are left out")
                        .allSatisfy(entry -> assertThat(entry.getValue()).isPositive())
                        .extracting(Map.Entry::getKey)
                        .contains(0, labels - 1));
        assertThat(frame.recent().getFirst().label()).isEqualTo(labels - 1);
    }

    @Test
    void aLabelThatCameSinceTheImagesWereReadBreaksNothing() {
        PageState state = state(new Shape.Image(8, 8, 1), List.of("zero"));
        state.see(image("a", ImageValues.of(new Shape.Image(8, 8, 1), new byte[64]), state.number(label("late")), 1));
        assertThat(Gallery.of(PipelineName.parse(PIPELINE), state.newestFirst(), 5)
                        .clusters(1, 1)
                        .getFirst()
                        .labels())
                .isEqualTo(Map.of(1, 1));
    }

    @Test
    void withoutLabelsAFrameHasClustersAndNoClasses() {
        PageState state = state(new Shape.Image(8, 8, 1), List.of());
        Presenter presenter = new Presenter(state, Optional::empty);
        state.see(image("a", ImageValues.of(new Shape.Image(8, 8, 1), new byte[64]), OptionalInt.empty(), 1));
        Views.Frame frame = presenter.frame(PIPELINE, 0);
        assertThat(frame.labels()).isZero();
        assertThat(presenter.dataset().labels()).isEmpty();
        assertThat(frame.selected())
                .isNotNull()
                .satisfies(selected -> assertThat(selected.clusters())
                        .extracting(Views.ClusterView::size, Views.ClusterView::labels)
                        .contains(tuple(1, Map.of())));
        assertThat(Views.json(presenter.image("a"))).doesNotContain("\"label\"");
    }

    @Test
    void fashionsClassesAreKnownBeforeAnImageComes() {
        Presenter presenter = new Presenter(new PageState(TestData.FASHION, CLOCK, CLOCK), Optional::empty);
        assertThat(presenter.frame("", 0).labels()).isEqualTo(10);
        assertThat(presenter.dataset())
                .isEqualTo(new Views.DatasetView("Fashion-MNIST", TestData.FASHION.classes(), 28, 28, false));
    }

    @Test
    void coloursAndSidesArriveAsTheyAre() throws IOException {
        Shape shape = new Shape.Image(6, 4, 3);
        PageState state = state(shape, List.of());
        Presenter presenter = new Presenter(state, Optional::empty);
        byte[] red = new byte[72];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = (byte) 200;
        }
        state.see(image("a", ImageValues.of(shape, red), OptionalInt.empty(), 0));
        assertThat(presenter.dataset()).isEqualTo(new Views.DatasetView("theirs", List.of(), 6, 4, false));
        BufferedImage picture = read(presenter.picture("a"));
        assertThat(picture.getWidth()).isEqualTo(6);
        assertThat(picture.getHeight()).isEqualTo(4);
        assertThat(picture.getRGB(5, 3) & 0xffffff).isEqualTo(200 << 16);
        BufferedImage two = read(presenter.strip(List.of("gone", "a"), Optional.empty()));
        assertThat(two.getWidth()).isEqualTo(12);
        assertThat(two.getRGB(5, 0) & 0xffffff).isZero();
        assertThat(two.getRGB(6, 0) & 0xffffff).isEqualTo(200 << 16);
        assertThat(read(presenter.centre(PIPELINE, 0)).getRGB(0, 0) & 0xffffff)
                .as("the mean of the members")
                .isEqualTo(200 << 16);
    }

    @Test
    void aVectorIsAStripThatAnyBrowserCanShow() throws IOException {
        Shape shape = new Shape.Vector(Shape.MOST_VALUES);
        PageState state = state(shape, List.of());
        Presenter presenter = new Presenter(state, Optional::empty);
        ByteBuffer rising = ByteBuffer.allocate(4 * Shape.MOST_VALUES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < Shape.MOST_VALUES; i++) {
            rising.putFloat(i - 100f);
        }
        state.see(image("a", ImageValues.of(shape, rising.array()), OptionalInt.empty(), 0));
        assertThat(presenter.dataset()).isEqualTo(new Views.DatasetView("theirs", List.of(), 512, 64, true));
        BufferedImage picture = read(presenter.picture("a"));
        assertThat(picture.getWidth()).isEqualTo(512);
        assertThat(picture.getHeight()).isEqualTo(64);
        assertThat(picture.getRaster().getSample(0, 63, 0)).isZero();
        assertThat(picture.getRaster().getSample(256, 0, 0)).isBetween(126, 129);
        assertThat(picture.getRaster().getSample(511, 0, 0)).isEqualTo(255);
        assertThat(read(presenter.strip(List.of("a", "a"), Optional.empty())).getWidth())
                .isEqualTo(1024);
    }

    private static PageState state(Shape shape, List<String> classes) {
        PageState state = new PageState(new Dataset("theirs", shape, classes), CLOCK, CLOCK);
        state.measured(new QualityEvent(
                PIPELINE, 512, Seen.NOW, List.of(named("images").of(1.0))));
        return state;
    }

    private static SeenImage image(String id, ImageValues values, OptionalInt label, int cluster) {
        return new SeenImage(id, values, label, Split.TRAIN, 0, Map.of(PIPELINE, Seen.placement(cluster)));
    }

    private static Label label(String name) {
        return new Label(name, OptionalInt.empty());
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
