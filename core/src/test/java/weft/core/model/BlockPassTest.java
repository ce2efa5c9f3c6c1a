package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.GaussianMixture.Component;

class BlockPassTest {
    private static final int VALUES = 784;
    private static final int CODE = 32;
    private static final int IMAGES = 77;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void codesOfAnEncoderGetWhatEachGetsAlone() {
        Network network = new Network(
                List.of(new DenseLayer(Matrix.of(CODE, VALUES, floats(CODE * VALUES)), floats(CODE), Activation.RELU)));
        List<Component> components = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            components.add(new Component(1 / 3.0, Vector.of(doubles(CODE)), Vector.of(identity())));
        }
        assertEachGetsTheSame(new Model(
                ModelName.main("ae"),
                new Shape.Vector(VALUES),
                new NetworkEncoder(network, Scaling.NONE),
                Optional.empty(),
                clusterers(
                        Map.entry("ae-kmeans-9", centroids(9, CODE)),
                        Map.entry("ae-gmm-3", new GaussianMixture(components)))));
    }

    @Test
    void imagesThemselvesGetWhatEachGetsAloneWithFewAndManyCentroids() {
        assertEachGetsTheSame(new Model(
                ModelName.main("raw"),
                new Shape.Vector(VALUES),
                new IdentityEncoder(VALUES),
                Optional.empty(),
                clusterers(
                        Map.entry("raw-kmeans-7", centroids(7, VALUES)),
                        Map.entry("raw-kmeans-64", centroids(64, VALUES)))));
    }

    @Test
    void aBlockOfLargeImagesIsSmall() {
        assertThat(BlockPass.images(784)).isEqualTo(256);
        assertThat(BlockPass.images(27_648)).isEqualTo(9);
        assertThat(BlockPass.images(1_000_000)).isEqualTo(1);
    }

    private void assertEachGetsTheSame(Model model) {
        Snapshot snapshot = new Snapshot(model, new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test"));
        float[] pixels = floats(IMAGES * VALUES);
        Map<PipelineName, int[]> clusters = new HashMap<>();
        Map<PipelineName, float[]> objectives = new HashMap<>();
        new BlockPass(snapshot, _ -> true).score(pixels, IMAGES, (pipeline, found, fit) -> {
            clusters.put(pipeline, found.clone());
            objectives.put(pipeline, fit.clone());
        });

        SnapshotPass alone = new SnapshotPass(snapshot, _ -> true);
        float[] image = new float[VALUES];
        for (int i = 0; i < IMAGES; i++) {
            System.arraycopy(pixels, i * VALUES, image, 0, VALUES);
            int place = i;
            alone.score(image, (pipeline, assignment, objective) -> {
                assertThat(Objects.requireNonNull(clusters.get(pipeline))[place])
                        .as("image %d in %s", place, pipeline)
                        .isEqualTo(assignment.cluster());
                assertThat(Objects.requireNonNull(objectives.get(pipeline))[place])
                        .isEqualTo((float) objective);
            });
        }
        assertThat(clusters).containsOnlyKeys(model.clusterers().keySet());
    }

    @SafeVarargs
    private static Map<PipelineName, Clusterer> clusterers(Map.Entry<String, Clusterer>... named) {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        for (Map.Entry<String, Clusterer> one : named) {
            clusterers.put(PipelineName.parse(one.getKey()), one.getValue());
        }
        return clusterers;
    }

    private Clusterer centroids(int k, int size) {
        return new Centroids(Matrix.of(k, size, floats(k * size)), false);
    }

    private float[] floats(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    private double[] doubles(int n) {
        return random.doubles(n).toArray();
    }

    /// The lower triangle of the identity, row by row.
    private static double[] identity() {
        double[] triangle = new double[CODE * (CODE + 1) / 2];
        for (int row = 0; row < CODE; row++) {
            triangle[row * (row + 1) / 2 + row] = 1;
        }
        return triangle;
    }
}
