package weft.trainer.cluster;

import java.util.Random;

/// Gaussian clouds around known centres, in a known order.
final class Clouds {
    private final double[][] centres;
    private final double spread;
    private final Random random;

    Clouds(double[][] centres, double spread, long seed) {
        this.centres = centres;
        this.spread = spread;
        this.random = new Random(seed);
    }

    /// Rows that take their cloud in turn.
    Codes rows(int count) {
        Codes codes = new Codes(count, centres[0].length);
        float[] row = new float[centres[0].length];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (centres[i % centres.length][j] + spread * random.nextGaussian());
            }
            codes.add(row, 0);
        }
        return codes;
    }
}
