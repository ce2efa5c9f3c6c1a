package weft.trainer.learn;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.image.ImageValues;
import weft.core.math.Kernels;
import weft.core.model.Encoder;
import weft.trainer.cluster.Codes;

/// The last images as the encoder sees them now; those that the log no longer held are left out.
final class EncodedWindow {
    private final RecentImages images;
    private final Codes codes;
    private final int[] indexes;
    private final boolean varied;
    private final double drift;

    private EncodedWindow(RecentImages images, Codes codes, int[] indexes, boolean varied, double drift) {
        this.drift = drift;
        this.varied = varied;
        this.images = images;
        this.codes = codes;
        this.indexes = indexes;
    }

    /// Encodes.
    ///
    /// @param before the encoder of the milestone before, to measure how far it has moved
    static EncodedWindow of(RecentImages images, Encoder encoder, Optional<Encoder> before) {
        Encoder.Pass pass = encoder.pass();
        Drift drift = new Drift(before, encoder.codeSize());
        Codes codes = new Codes(images.size(), encoder.codeSize());
        Variety variety = new Variety();
        float[] values = new float[encoder.inputs()];
        int rows = 0;
        int[] indexes = new int[images.size()];
        for (int i = 0; i < images.size(); i++) {
            ImageValues image = images.image(i);
            if (image != null) {
                image.toFloats(values, 0);
                variety.add(values);
                System.arraycopy(pass.encode(values, 0), 0, codes.values(), codes.offset(rows), encoder.codeSize());
                drift.add(values, codes.values(), codes.offset(rows));
                indexes[rows++] = i;
            }
        }
        codes.rows(rows);
        return new EncodedWindow(images, codes, Arrays.copyOf(indexes, rows), variety.found, drift.relativeTo(codes));
    }

    /// How far the codes of one image lie apart, by the encoder before and by this one.
    private static final class Drift {
        private final Optional<Encoder.Pass> before;
        private final int size;
        private double sum;
        private long images;

        Drift(Optional<Encoder> before, int size) {
            this.before = before.map(Encoder::pass);
            this.size = size;
        }

        void add(float[] values, float[] codes, int offset) {
            if (before.isPresent()) {
                sum += Kernels.squaredDistance(before.get().encode(values, 0), 0, codes, offset, size);
                images++;
            }
        }

        double relativeTo(Codes codes) {
            return sum / images / (size * codes.meanVariance());
        }
    }

    /// The mean squared distance between an image's codes, by the encoder before and by this one, as a share of
    /// the codes' total variance; NaN without an encoder before.
    double drift() {
        return drift;
    }

    /// Whether any image differs from the first.
    private static final class Variety {
        private float @Nullable [] first;
        private boolean found;

        void add(float[] values) {
            if (first == null) {
                first = values.clone();
            }
            found = found || !Arrays.equals(first, values);
        }
    }

    /// Whether the encoder no longer tells images apart that do differ.
    boolean collapsed() {
        return varied && codes.uniform();
    }

    Codes codes() {
        return codes;
    }

    /// The stored cluster of each row.
    int[] clusters(int clusterer) {
        int[] clusters = new int[indexes.length];
        for (int row = 0; row < clusters.length; row++) {
            clusters[row] = images.cluster(clusterer, indexes[row]);
        }
        return clusters;
    }

    /// Stores the clusters of all rows.
    void store(int clusterer, int[] clusters) {
        for (int row = 0; row < clusters.length; row++) {
            images.cluster(clusterer, indexes[row], clusters[row]);
        }
    }
}
