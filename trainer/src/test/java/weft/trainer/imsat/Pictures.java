package weft.trainer.imsat;

import java.util.SplittableRandom;
import weft.core.image.Shape;

/// Small images for the tests, as values from 0 to 1 that are bytes.
final class Pictures {
    static final Shape.Image SMALL = new Shape.Image(12, 12, 1);

    private Pictures() {}

    static float[] noise(Shape.Image shape, SplittableRandom random) {
        float[] values = new float[shape.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(256) * (1f / 255f);
        }
        return values;
    }

    /// One of four kinds, which no turn, shift or mirror makes another: a filled disc, a ring, a bar that lies, a
    /// bar that stands.
    static float[] kind(int kind, SplittableRandom random) {
        double x0 = 5.5 + random.nextDouble(-1, 1);
        double y0 = 5.5 + random.nextDouble(-1, 1);
        float[] values = new float[SMALL.values()];
        for (int i = 0; i < values.length; i++) {
            double x = i % 12 - x0;
            int row = i / 12;
            double y = row - y0;
            double r = Math.hypot(x, y);
            boolean inside = switch (kind) {
                case 0 -> r < 3.5;
                case 1 -> r > 2.5 && r < 4.5;
                case 2 -> Math.abs(y) < 1.2 && Math.abs(x) < 5;
                default -> Math.abs(x) < 1.2 && Math.abs(y) < 5;
            };
            values[i] = (inside ? 200 + random.nextInt(50) : random.nextInt(20)) * (1f / 255f);
        }
        return values;
    }
}
