package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.testing.TestData;

/// Like codes lie together.
class LatentMapTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);

    private static final String PIPELINE = "raw-kmeans-2";

    @Test
    void twoKindsOfImagesBecomeTwoGroups() {
        Views.MapView before = new Views.MapView("raw", 0, 0, List.of());
        Views.MapView map = LatentMap.of(snapshot(), images(200), before, 42);
        assertThat(map.computedAt()).isEqualTo(42);
        assertThat(map.points()).hasSize(200);
        // The nearest neighbour of a point is of its own kind.
        long alike = map.points().stream()
                .filter(point -> nearest(point, map.points()).clusters().equals(point.clusters()))
                .count();
        assertThat(alike).isGreaterThan(180);
        assertThat(map.points())
                .allSatisfy(
                        point -> assertThat(Math.hypot(point.x(), point.y())).isLessThan(1.001));
    }

    @Test
    void tooFewImagesMakeNoMap() {
        Views.MapView before = new Views.MapView("raw", 0, 0, List.of());
        assertThat(LatentMap.of(snapshot(), images(20), before, 42)).isSameAs(before);
    }

    @Test
    void aPointCanBeAskedForAsLongAsItsMapIsShown() throws Exception {
        Clock clock = Clock.fixed(Seen.NOW, ZoneOffset.UTC);
        PageState state = new PageState(TestData.FASHION, clock, clock);
        state.published(snapshot(), Seen.NOW);
        images(200).forEach(state::see);
        try (MapMaker maps = new MapMaker(state, clock)) {
            assertThat(maps.map("raw").points()).isEmpty();
            maps.cycle();
            for (int i = 0; i < PageState.WINDOW; i++) {
                state.see(Seen.image("later-" + i, 2, Map.of(PIPELINE, 1)));
            }
            assertThat(maps.map("raw").points())
                    .hasSize(200)
                    .allSatisfy(point -> assertThat(state.image(point.id()))
                            .hasValueSatisfying(
                                    image -> assertThat(image.placements()).containsOnlyKeys(PIPELINE)));
        }
    }

    private static Views.MapPoint nearest(Views.MapPoint point, List<Views.MapPoint> points) {
        return points.stream()
                .filter(other -> !other.id().equals(point.id()))
                .min((a, b) -> Double.compare(distance(a, point), distance(b, point)))
                .orElseThrow();
    }

    private static double distance(Views.MapPoint a, Views.MapPoint b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }

    private static List<SeenImage> images(int count) {
        Random random = new Random(1);
        List<SeenImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] grey = new byte[784];
            for (int j = 0; j < 100; j++) {
                grey[j + (i % 2) * 400] = (byte) random.nextInt(128);
            }
            images.add(new SeenImage(
                    "i" + i,
                    ImageValues.of(GREY, grey),
                    OptionalInt.of(i % 2),
                    Split.TRAIN,
                    0,
                    Map.of(PIPELINE, Seen.placement(i % 2))));
        }
        return images;
    }

    private static Snapshot snapshot() {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(PipelineName.parse(PIPELINE), new Centroids(Matrix.of(2, 784, new float[2 * 784]), false));
        return new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        new Shape.Image(28, 28, 1),
                        new IdentityEncoder(784),
                        Optional.empty(),
                        clusterers),
                new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test"));
    }
}
