package weft.trainer.learn;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.math.Kernels;
import weft.core.model.Encoder;
import weft.trainer.cluster.Codes;

/// The last images, read back from the log and encoded; rows that the log no longer held are left out.
final class Window {
    private final Positions positions;
    private final Codes codes;
    private final int[] indexes;
    private final boolean varied;
    private final double drift;

    private Window(Positions positions, Codes codes, int[] indexes, boolean varied, double drift) {
        this.drift = drift;
        this.varied = varied;
        this.positions = positions;
        this.codes = codes;
        this.indexes = indexes;
    }

    /// Reads and encodes.
    ///
    /// @param before the encoder of the milestone before, to measure how far it has moved
    static Window read(ImageLog log, Positions positions, Encoder encoder, Optional<Encoder> before) {
        Encoder.Pass pass = encoder.pass();
        Drift drift = new Drift(before, encoder.codeSize());
        Codes read = new Codes(positions.size(), encoder.codeSize());
        boolean[] found = new boolean[positions.size()];
        Variety variety = new Variety();
        log.read(positions, (index, pixels) -> {
            variety.add(pixels);
            System.arraycopy(pass.encode(pixels, 0), 0, read.values(), read.offset(index), encoder.codeSize());
            drift.add(pixels, read.values(), read.offset(index));
            found[index] = true;
        });
        int rows = 0;
        int[] indexes = new int[positions.size()];
        for (int i = 0; i < found.length; i++) {
            if (found[i]) {
                System.arraycopy(read.values(), read.offset(i), read.values(), read.offset(rows), encoder.codeSize());
                indexes[rows++] = i;
            }
        }
        read.rows(rows);
        return new Window(positions, read, Arrays.copyOf(indexes, rows), variety.found, drift.relativeTo(read));
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

        void add(float[] pixels, float[] codes, int offset) {
            if (before.isPresent()) {
                sum += Kernels.squaredDistance(before.get().encode(pixels, 0), 0, codes, offset, size);
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

        void add(float[] pixels) {
            if (first == null) {
                first = pixels.clone();
            }
            found = found || !Arrays.equals(first, pixels);
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
    int[] labels(int clusterer) {
        int[] labels = new int[indexes.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = positions.label(clusterer, indexes[row]);
        }
        return labels;
    }

    /// Stores the clusters of all rows.
    void store(int clusterer, int[] labels) {
        for (int row = 0; row < labels.length; row++) {
            positions.label(clusterer, indexes[row], labels[row]);
        }
    }
}
