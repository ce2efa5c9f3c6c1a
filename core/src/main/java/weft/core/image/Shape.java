package weft.core.image;

/// The shape that all images of a stream have.
public sealed interface Shape {
    /// The most values of an image.
    int MOST_VALUES = 16_384;

    /// Number of values of an image.
    int values();

    /// Bytes of a raw image on the wire: one a value, or four for the float32 values of a vector.
    int bytes();

    /// Reads what `toString` writes: `28x28`, `32x32x3`, `512`.
    ///
    /// @throws IllegalArgumentException that names the bad text
    static Shape parse(String text) {
        String[] parts = text.split("x", -1);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts.length > 3 || !parts[i].matches("[1-9][0-9]{0,5}")) {
                throw new IllegalArgumentException(
                        "a shape is WIDTHxHEIGHT, WIDTHxHEIGHTx3 or the dimension of a vector, not '" + text + "'");
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers.length == 1
                ? new Vector(numbers[0])
                : new Image(numbers[0], numbers[1], numbers.length == 3 ? numbers[2] : 1);
    }

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

        @Override
        public int bytes() {
            return values();
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

        @Override
        public int bytes() {
            return dimension * Float.BYTES;
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
