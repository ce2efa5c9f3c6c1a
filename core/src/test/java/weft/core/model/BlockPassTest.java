package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.GaussianMixture.Component;

class BlockPassTest {
    private static final int VALUES = 784;
    private static final int CODE = 32;
    private static final int IMAGES = 97;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void codesOfAnEncoderGetWhatEachGetsAlone() {
        Network network = new Network(
                List.of(new DenseLayer(Matrix.of(CODE, VALUES, floats(CODE * VALUES)), floats(CODE), Activation.RELU)));
        Scaling scaling = new Scaling(
                Vector.of(doubles(VALUES)),
                Vector.of(random.doubles(VALUES, .5, 2).toArray()));
        List<Component> components = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            components.add(new Component(1 / 3.0, Vector.of(doubles(CODE)), Vector.of(identity())));
        }
        assertEachGetsTheSame(new Model(
                ModelName.main("ae"),
                new Shape.Vector(VALUES),
                new NetworkEncoder(network, scaling),
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
                        Map.entry("raw-kmeans-7", new Centroids(Matrix.of(7, VALUES, floats(7 * VALUES)), true)),
                        Map.entry("raw-kmeans-64", centroids(64, VALUES)))));
    }

    private void assertEachGetsTheSame(Model model) {
        float[] pixels = floats(IMAGES * VALUES);
        SnapshotPass alone = new SnapshotPass(
                new Snapshot(model, new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test")), _ -> true);
        BlockPass pass = new BlockPass(model, _ -> true);
        float[] image = new float[VALUES];
        Set<PipelineName> seen = new HashSet<>();
        // A full block, then a shorter one.
        for (int from = 0; from < IMAGES; from += BlockPass.IMAGES) {
            int start = from;
            int n = Math.min(BlockPass.IMAGES, IMAGES - start);
            float[] block = Arrays.copyOfRange(pixels, start * VALUES, (start + n) * VALUES);
            pass.score(block, n, (pipeline, clusters, objectives) -> {
                seen.add(pipeline);
                for (int i = 0; i < n; i++) {
                    System.arraycopy(block, i * VALUES, image, 0, VALUES);
                    int place = i;
                    alone.score(image, (other, assignment, objective) -> {
                        if (other.equals(pipeline)) {
                            assertThat(clusters[place])
                                    .as("image %d in %s", start + place, pipeline)
                                    .isEqualTo(assignment.cluster());
                            assertThat(objectives[place]).isEqualTo((float) objective);
                        }
                    });
                }
            });
        }
        assertThat(seen).isEqualTo(model.clusterers().keySet());
    }

    @Test
    void whatIsNotWantedIsNotAssigned() {
        Model model = new Model(
                ModelName.main("raw"),
                new Shape.Vector(2),
                new IdentityEncoder(2),
                Optional.empty(),
                clusterers(Map.entry("raw-kmeans-2", centroids(2, 2)), Map.entry("raw-kmeans-3", centroids(3, 2))));
        List<PipelineName> assigned = new ArrayList<>();

        new BlockPass(model, pipeline -> pipeline.k() == 3)
                .score(new float[] {0, 1}, 1, (pipeline, _, _) -> assigned.add(pipeline));

        assertThat(assigned).containsExactly(PipelineName.parse("raw-kmeans-3"));
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
