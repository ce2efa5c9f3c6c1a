package weft.core.image;

/// The shape that all images of a stream have.
public sealed interface Shape {
    /// The most values of an image.
    int MOST_VALUES = 16_384;

    /// Number of values of an image.
    int values();

    /// Unsigned bytes, row by row, channels last.
    ///
    /// @param channels 1 for grey, 3 for RGB
    record Image(int width, int height, int channels) implements Shape {
        public Image {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "an image must be at least 1 wide and high, not " + width + "x" + height);
            }
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("an image has 1 or 3 channels, not " + channels);
            }
            check((long) width * height * channels);
        }

        @Override
        public int values() {
            return width * height * channels;
        }

        /// As on the command line: `28x28`, `32x32x3`.
        @Override
        public String toString() {
            return width + "x" + height + (channels == 1 ? "" : "x" + channels);
        }
    }

    /// Float32 values.
    record Vector(int dimension) implements Shape {
        public Vector {
            check(dimension);
        }

        @Override
        public int values() {
            return dimension;
        }

        /// As on the command line: `512`.
        @Override
        public String toString() {
            return Integer.toString(dimension);
        }
    }

    private static void check(long values) {
        if (values < 1 || values > MOST_VALUES) {
            throw new IllegalArgumentException("an image has 1 to " + MOST_VALUES + " values, not " + values);
        }
    }
}
