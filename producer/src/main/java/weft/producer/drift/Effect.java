package weft.producer.drift;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;

/// A change of an image's values, by an amount.
public enum Effect {
    BRIGHTNESS("the factor", 1, 0, 100, .6) {
        @Override
        void apply(Canvas canvas, double factor, Random random) {
            canvas.replaceAll(value -> factor * value);
        }
    },

    /// Around the mean of the image's values.
    CONTRAST("the factor", 1, 0, 100, .6) {
        @Override
        void apply(Canvas canvas, double factor, Random random) {
            double mean = canvas.mean();
            canvas.replaceAll(value -> mean + factor * (value - mean));
        }
    },

    /// A blend of the image and its negative; of a vector its opposite.
    INVERT("the part", 0, 0, 1, 1) {
        @Override
        void apply(Canvas canvas, double part, Random random) {
            double white = canvas.white();
            canvas.replaceAll(value -> (1 - part) * value + part * (white - value));
        }

        @Override
        OptionalDouble usual() {
            return OptionalDouble.of(1);
        }
    },

    /// Counter-clockwise, about the middle.
    ROTATE("the degrees", 0, -360, 360, 25) {
        @Override
        void apply(Canvas canvas, double degrees, Random random) {
            Geometry.rotate(canvas, degrees);
        }

        @Override
        boolean needsPixels() {
            return true;
        }
    },

    /// To the right and down by the same number of pixels.
    SHIFT("the pixels", 0, -16_384, 16_384, 3) {
        @Override
        void apply(Canvas canvas, double pixels, Random random) {
            Geometry.shift(canvas, pixels, pixels);
        }

        @Override
        boolean needsPixels() {
            return true;
        }
    },

    /// Gaussian, of its own for each value.
    NOISE("sigma", 0, 0, 1_000, 20) {
        @Override
        void apply(Canvas canvas, double sigma, Random random) {
            canvas.replaceAll(value -> value + sigma * random.nextGaussian());
        }
    },

    /// Gaussian.
    BLUR("sigma", 0, 0, 32, 1.5) {
        @Override
        void apply(Canvas canvas, double sigma, Random random) {
            Geometry.blur(canvas, sigma);
        }

        @Override
        boolean needsPixels() {
            return true;
        }
    };

    private final String unit;
    private final double none;
    private final double least;
    private final double most;
    private final double example;
    private final String id = name().toLowerCase(Locale.ROOT);

    Effect(String unit, double none, double least, double most, double example) {
        this.unit = unit;
        this.none = none;
        this.least = least;
        this.most = most;
        this.example = example;
    }

    /// Changes the values; the random numbers are the image's own.
    abstract void apply(Canvas canvas, double amount, Random random);

    /// Whether a vector, whose values have no neighbours, cannot have it.
    boolean needsPixels() {
        return false;
    }

    /// What the amount is where none is given.
    OptionalDouble usual() {
        return OptionalDouble.empty();
    }

    /// What the amount is called in messages.
    String unit() {
        return unit;
    }

    /// The amount that changes nothing.
    double none() {
        return none;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    double example() {
        return example;
    }

    /// The name on the command line and in the header: `brightness`.
    @Override
    public String toString() {
        return id;
    }
}
