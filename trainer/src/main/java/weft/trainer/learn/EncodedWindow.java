package weft.trainer.learn;

import java.util.Arrays;
import java.util.Optional;
import weft.core.math.Kernels;
import weft.core.model.Encoder;
import weft.trainer.cluster.Codes;

/// The last images as the encoder sees them now; those that the log no longer held are left out.
final class EncodedWindow {
    /// Images encoded at once: their values fit into the cache.
    private static final int BLOCK = 64;

    /// The newest images tell as well as all how far the encoder has moved.
    private static final int DRIFT_IMAGES = 1_024;

    /// These few whether it still tells images apart.
    private static final int COLLAPSE_IMAGES = 128;

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
    /// @param before the encoder that encoded a window last, to measure how far it has moved
    static EncodedWindow of(RecentImages images, Encoder encoder, Optional<Encoder> before) {
        int[] held = Survey.newest(images, images.size());
        Codes codes = encode(images, held, 0, encoder);
        int from = Math.max(0, held.length - DRIFT_IMAGES);
        double drift = before.map(old -> distance(encode(images, held, from, old), codes, from)
                        / (codes.dimension() * codes.meanVariance()))
                .orElse(Double.NaN);
        return new EncodedWindow(images, codes, held, varied(images, held), drift);
    }

    /// Whether the encoder no longer tells the newest images apart, though they differ.
    static boolean collapsed(RecentImages images, Encoder encoder) {
        int[] held = Survey.newest(images, COLLAPSE_IMAGES);
        return held.length > 0
                && varied(images, held)
                && encode(images, held, 0, encoder).uniform();
    }

    private static Codes encode(RecentImages images, int[] indexes, int from, Encoder encoder) {
        Encoder.Pass pass = encoder.pass();
        int inputs = encoder.inputs();
        Codes codes = new Codes(indexes.length - from, encoder.codeSize());
        float[] block = new float[BLOCK * inputs];
        float[] blockCodes = new float[BLOCK * encoder.codeSize()];
        for (int start = from; start < indexes.length; start += BLOCK) {
            int n = Math.min(BLOCK, indexes.length - start);
            for (int i = 0; i < n; i++) {
                images.toFloats(indexes[start + i], block, i * inputs);
            }
            pass.encode(block, inputs, n, blockCodes);
            System.arraycopy(blockCodes, 0, codes.values(), codes.offset(start - from), n * encoder.codeSize());
        }
        codes.rows(indexes.length - from);
        return codes;
    }

    /// The mean squared distance between two codes of one image.
    private static double distance(Codes before, Codes now, int from) {
        double sum = 0;
        for (int i = 0; i < before.rows(); i++) {
            sum += Kernels.squaredDistance(
                    before.values(), before.offset(i), now.values(), now.offset(from + i), now.dimension());
        }
        return sum / before.rows();
    }

    /// Whether any image differs from the first.
    private static boolean varied(RecentImages images, int[] indexes) {
        return Arrays.stream(indexes).anyMatch(i -> !images.same(i, indexes[0]));
    }

    /// The mean squared distance between codes of one image, by the encoder before and by this one, over the newest
    /// images, as a share of the codes' total variance; NaN without an encoder before.
    double drift() {
        return drift;
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
