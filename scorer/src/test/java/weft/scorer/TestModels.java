package weft.scorer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.Encoder;
import weft.core.model.GaussianMixture;
import weft.core.model.GaussianMixture.Component;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.family.AutoencoderFamily;
import weft.kafka.family.RawFamily;
import weft.kafka.wire.SnapshotCodec;

/// Small models whose answers are known: cluster c is the flat picture of one grey value.
public final class TestModels {
    /// Two clusters, dark and bright.
    public static final PipelineName TWO = PipelineName.parse("raw-kmeans-2");

    /// Reads and writes them.
    public static final SnapshotCodec CODEC =
            new SnapshotCodec(new ModelFamilies(List.of(new RawFamily(), new AutoencoderFamily())));

    private static final Shape GREY = new Shape.Image(28, 28, 1);

    private TestModels() {}

    /// A picture that is one grey value all over.
    public static byte[] flat(int grey) {
        return flat(GREY, grey);
    }

    /// The same of any shape.
    public static byte[] flat(Shape shape, int grey) {
        byte[] pixels = new byte[shape.values()];
        Arrays.fill(pixels, (byte) grey);
        return pixels;
    }

    /// A snapshot with centroids of the given grey values, 0 to 1, trained through an offset of partition 0.
    public static Snapshot snapshot(long version, long trainedThrough, float... greys) {
        return raw(version, trainedThrough, greys);
    }

    /// As [#snapshot], for images of any shape.
    public static Snapshot snapshot(Shape shape, long version, long trainedThrough, float... greys) {
        return raw(shape, version, trainedThrough, greys);
    }

    /// As [#snapshot], with a pipeline for each list of grey values.
    public static Snapshot raw(long version, long trainedThrough, float[]... pipelines) {
        return raw(GREY, version, trainedThrough, pipelines);
    }

    private static Snapshot raw(Shape shape, long version, long trainedThrough, float[]... pipelines) {
        int n = shape.values();
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        for (float[] greys : pipelines) {
            float[] values = new float[greys.length * n];
            for (int c = 0; c < greys.length; c++) {
                Arrays.fill(values, c * n, (c + 1) * n, greys[c]);
            }
            clusterers.put(
                    PipelineName.parse("raw-kmeans-" + greys.length),
                    new Centroids(Matrix.of(greys.length, n, values), false));
        }
        return of("raw", shape, new IdentityEncoder(n), clusterers, version, trainedThrough);
    }

    /// A network whose code is the mean grey value; `ae-kmeans-2` has the centroids 0 and 1, `ae-gmm-2` equal
    /// Gaussians at .25 and .75 with a standard deviation of .1.
    public static Snapshot ae(long version, long trainedThrough) {
        float[] weights = new float[784];
        Arrays.fill(weights, 1f / 784);
        Network network =
                new Network(List.of(new DenseLayer(Matrix.of(1, 784, weights), new float[] {0}, Activation.IDENTITY)));
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(PipelineName.parse("ae-kmeans-2"), new Centroids(Matrix.of(2, 1, new float[] {0, 1}), false));
        clusterers.put(
                PipelineName.parse("ae-gmm-2"),
                new GaussianMixture(List.of(
                        new Component(0.5, Vector.of(0.25), Vector.of(0.01)),
                        new Component(0.5, Vector.of(0.75), Vector.of(0.01)))));
        return of("ae", GREY, new NetworkEncoder(network), clusterers, version, trainedThrough);
    }

    /// The same snapshot of another run.
    public static Snapshot as(Snapshot snapshot, String run) {
        Model model = snapshot.model();
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        model.clusterers().forEach((pipeline, one) -> clusterers.put(pipeline.of(run), one));
        return new Snapshot(
                new Model(
                        new ModelName(model.name().family(), run),
                        model.shape(),
                        model.encoder(),
                        model.decoder(),
                        clusterers),
                snapshot.provenance());
    }

    private static Snapshot of(
            String name,
            Shape shape,
            Encoder encoder,
            Map<PipelineName, Clusterer> clusterers,
            long version,
            long trainedThrough) {
        return new Snapshot(
                new Model(ModelName.main(name), shape, encoder, Optional.empty(), clusterers),
                new Provenance(version, Map.of(0, trainedThrough), 1, Map.of(), Map.of(), "test"));
    }
}
