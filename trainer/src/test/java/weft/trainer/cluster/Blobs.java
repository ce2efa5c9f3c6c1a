package weft.trainer.cluster;

import java.util.Random;
import java.util.stream.IntStream;

/// Codes that fall into clusters, the same for the same seed.
final class Blobs {
    private Blobs() {}

    /// Row `i` is a normal draw of deviation `spread` about centre `i % k`; the centres are corners of a cube
    /// of side 10.
    static Codes of(int rows, int k, int dimension, double spread, long seed) {
        Random random = new Random(seed);
        Codes codes = new Codes(rows, dimension);
        codes.rows(rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < dimension; j++) {
                double centre = (i % k >> j & 1) * 10;
                codes.values()[codes.offset(i) + j] = (float) (centre + spread * random.nextGaussian());
            }
        }
        return codes;
    }

    /// The inertia when every row belongs to the mean of its own blob.
    static double inertia(Codes codes, int k) {
        double sum = 0;
        for (int blob = 0; blob < k; blob++) {
            int first = blob;
            Codes members = rows(
                    codes,
                    IntStream.range(0, codes.rows()).filter(i -> i % k == first).toArray());
            sum += members.meanVariance() * members.dimension() * members.rows();
        }
        return sum;
    }

    /// A copy of some rows.
    static Codes rows(Codes codes, int... rows) {
        Codes some = new Codes(rows.length, codes.dimension());
        for (int row : rows) {
            some.add(codes.values(), codes.offset(row));
        }
        return some;
    }

    /// A copy of the rows from one to before another.
    static Codes range(Codes codes, int from, int to) {
        return rows(codes, IntStream.range(from, to).toArray());
    }

    /// The same row over and over.
    static Codes equal(int rows, float... row) {
        Codes codes = new Codes(rows, row.length);
        for (int i = 0; i < rows; i++) {
            codes.add(row, 0);
        }
        return codes;
    }
}
