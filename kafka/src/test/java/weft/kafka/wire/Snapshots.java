package weft.kafka.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
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
import weft.core.model.Scaling;
import weft.core.model.Snapshot;
import weft.kafka.family.AutoencoderFamily;
import weft.kafka.family.RawFamily;

/// Small fixed snapshots.
final class Snapshots {
    static final SnapshotCodec CODEC =
            new SnapshotCodec(new ModelFamilies(List.of(new RawFamily(), new AutoencoderFamily())));

    private Snapshots() {}

    /// A file beside this class, as an earlier release wrote it.
    static byte[] golden(String name) {
        try (InputStream file = Objects.requireNonNull(Snapshots.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Pixels with two pipelines of centroids.
    static Snapshot raw() {
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(
                PipelineName.parse("raw-kmeans-3"),
                new Centroids(Matrix.of(3, 2, new float[] {0, 0.5f, 1, -2, 3.25f, 1e-20f}), false));
        clusterers.put(
                PipelineName.parse("raw-kmeans-2"), new Centroids(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), true));
        return new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        new Shape.Vector(2),
                        new IdentityEncoder(2),
                        Optional.empty(),
                        clusterers),
                new Provenance(0, Map.of(), -1, Map.of(), Map.of(), ""));
    }

    /// Every kind of part: a network of all activations, its decoder, centroids and a mixture. It is what
    /// `snapshot-v1.bin` and `snapshot-v2.bin` hold and never changes.
    static Snapshot autoencoder() {
        Network encoder = new Network(List.of(
                new DenseLayer(
                        Matrix.of(3, 4, new float[] {1, -1, 0.5f, 0, 0, 2, 0, -0.25f, 0.125f, 0, 0, 1}),
                        new float[] {0.5f, 0, -1},
                        Activation.RELU),
                new DenseLayer(
                        Matrix.of(2, 3, new float[] {1, 2, 3, -3, -2, -1}),
                        new float[] {0, 0.75f},
                        Activation.IDENTITY)));
        Network decoder = new Network(List.of(new DenseLayer(
                Matrix.of(4, 2, new float[] {1, 0, 0, 1, -1, 0, 0, -1}),
                new float[] {0, 0.25f, 0.5f, 1},
                Activation.SIGMOID)));
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(
                PipelineName.parse("ae-kmeans-2"), new Centroids(Matrix.of(2, 2, new float[] {4, -8, 0, 1}), false));
        clusterers.put(
                PipelineName.parse("ae-gmm-2"),
                new GaussianMixture(List.of(
                        new Component(0.25, Vector.of(1, 2), Vector.of(2, 0.25, 0.5)),
                        new Component(0.75, Vector.of(-1, 0.5), Vector.of(1, -0.5, 1.5)))));
        return new Snapshot(
                new Model(
                        ModelName.main("ae"),
                        new Shape.Image(2, 2, 1),
                        new NetworkEncoder(encoder),
                        Optional.of(decoder),
                        clusterers),
                new Provenance(
                        60_000,
                        Map.of(0, 30_000L, 1, 40_000L),
                        42,
                        Map.of("batch", "256", "learning-rate", "0.001", "layers", "500,500,2000,10"),
                        Map.of("train.bce", 0.28, "validation.bce", 0.2875),
                        "0.1.0"));
    }

    /// A run of its own, on vectors that are standardised first.
    static Snapshot vectors() {
        Network network = new Network(List.of(
                new DenseLayer(Matrix.of(2, 2, new float[] {1, 0, 0.5f, 1}), new float[2], Activation.IDENTITY)));
        return new Snapshot(
                new Model(
                        new ModelName("ae", "wide"),
                        new Shape.Vector(2),
                        new NetworkEncoder(network, new Scaling(Vector.of(3, -1), Vector.of(0.25, 2))),
                        Optional.of(network),
                        Map.of(
                                PipelineName.parse("ae-kmeans-2@wide"),
                                new Centroids(Matrix.of(2, 2, new float[] {1, 0, 0, 1}), false))),
                new Provenance(512, Map.of(0, 600L), 1, Map.of(), Map.of("train.mse", 0.5), "0.2.0"));
    }
}
