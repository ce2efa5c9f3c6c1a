package weft.core.math;

import java.util.Random;

/// Rows whose neighbouring values are alike, as pixels are, with as much noise as is asked for.
final class Waves {
    private Waves() {}

    static float[] rows(int n, int d, float where, float noise, Random random) {
        float[] values = new float[n * d];
        for (int i = 0; i < n; i++) {
            double length = 20 + 100 * random.nextDouble();
            double phase = 7 * random.nextDouble();
            for (int j = 0; j < d; j++) {
                values[i * d + j] =
                        where + (float) Math.sin(phase + j / length) + noise * (float) random.nextGaussian();
            }
        }
        return values;
    }
}
