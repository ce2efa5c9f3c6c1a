package weft.benchmarks.study;

import java.util.Objects;
import java.util.SplittableRandom;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.math.Matrix;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.producer.dataset.LabelledImages;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.KMeans;

/// Two ways to make one clustering of what several networks say: their mean vote, and k-means on the roots of their
/// probabilities.
final class Consensus {
    /// Codes that k-means is fitted to: of the first train images.
    private static final int SAMPLE = 10_000;

    private static final int RESTARTS = 10;
    private static final int ROUNDS = 50;

    private Consensus() {}

    /// Of both ways what they reach on the test split, and how often an image and its mirror image, moved by a pixel,
    /// have one cluster: the rule that chose between them, which needs no label.
    record Figures(
            double voteAccuracy,
            double voteAgreement,
            double kMeansAccuracy,
            double kMeansHungarian,
            double kMeansAgreement) {}

    static Figures of(LabelledImages data, Snapshot snapshot, PipelineName pipeline, long seed) {
        Encoder encoder = snapshot.model().encoder();
        Clusterer vote = Objects.requireNonNull(snapshot.model().clusterers().get(pipeline));
        Clusterer kMeans = kMeans(data, encoder, pipeline.k(), seed);
        Judged voted = judge(data, encoder, vote);
        Judged clustered = judge(data, encoder, kMeans);
        return new Figures(
                voted.accuracy(),
                voted.agreement(),
                clustered.accuracy(),
                clustered.hungarian(),
                clustered.agreement());
    }

    private static Clusterer kMeans(LabelledImages data, Encoder encoder, int k, long seed) {
        Codes codes = new Codes(Math.min(SAMPLE, data.size(Split.TRAIN)), encoder.codeSize());
        Encoder.Pass pass = encoder.pass();
        float[] values = new float[encoder.inputs()];
        for (int i = 0; i < codes.capacity(); i++) {
            read(data, Split.TRAIN, i, values);
            codes.add(pass.encode(values, 0), 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        KMeans best = KMeans.fit(codes, k, ROUNDS, random);
        for (int restart = 1; restart < RESTARTS; restart++) {
            KMeans other = KMeans.fit(codes, k, ROUNDS, random);
            best = other.inertia() < best.inertia() ? other : best;
        }
        return new Centroids(Matrix.of(k, encoder.codeSize(), best.centroids()), false);
    }

    private record Judged(double accuracy, double hungarian, double agreement) {}

    private static Judged judge(LabelledImages data, Encoder encoder, Clusterer clusterer) {
        Encoder.Pass encode = encoder.pass();
        Clusterer.Pass assign = clusterer.pass();
        float[] values = new float[encoder.inputs()];
        float[] mirrored = new float[values.length];
        Tally tally = new Tally(clusterer.k(), 16);
        int same = 0;
        for (int i = 0; i < data.size(Split.TEST); i++) {
            read(data, Split.TEST, i, values);
            int cluster = assign.assign(encode.encode(values, 0)).cluster();
            int label = Integer.parseInt(data.label(Split.TEST, i).orElseThrow());
            tally = tally.withRoomFor(label);
            tally.add(cluster, label);
            mirror((Shape.Image) data.describe().shape(), values, mirrored);
            same += cluster == assign.assign(encode.encode(mirrored, 0)).cluster() ? 1 : 0;
        }
        ContingencyTable table = tally.table();
        Quality quality = Quality.of(table);
        return new Judged(quality.accuracy(), quality.accuracyHungarian(), (double) same / data.size(Split.TEST));
    }

    private static void read(LabelledImages data, Split split, int i, float[] values) {
        ImageValues.of(data.describe().shape(), data.raw(split, i)).toFloats(values, 0);
    }

    /// Left and right swapped, then one pixel to the right.
    private static void mirror(Shape.Image shape, float[] values, float[] mirrored) {
        int row = shape.width() * shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    mirrored[y * row + x * shape.channels() + c] =
                            x == 0 ? 0 : values[y * row + (shape.width() - x) * shape.channels() + c];
                }
            }
        }
    }
}
