package weft.kafka.wire;

import java.util.List;
import weft.core.image.ImageValues;
import weft.core.image.Shape;

/// Draws images of one shape as PNG: pixels as they are, a vector as a strip of greys from its least value to its
/// greatest.
public final class Drawing {
    /// A vector's strip is so many times as wide as it is high.
    private static final int FLAT = 8;

    /// The widest strip: longer vectors are drawn as means of neighbours, since browsers refuse very wide pictures.
    private static final int WIDEST = 512;

    /// The widest picture in a row, for the same reason: wider ones are drawn smaller there.
    private static final int WIDEST_IN_ROW = 1024;

    private final Shape shape;
    private final int width;
    private final int height;
    private final int channels;

    public Drawing(Shape shape) {
        this.shape = shape;
        switch (shape) {
            case Shape.Image image -> {
                width = image.width();
                height = image.height();
                channels = image.channels();
            }
            case Shape.Vector vector -> {
                width = Math.min(vector.dimension(), WIDEST);
                height = Math.max(1, width / FLAT);
                channels = 1;
            }
        }
    }

    /// Of one picture, in pixels.
    public int width() {
        return width;
    }

    /// Of one picture, in pixels.
    public int height() {
        return height;
    }

    public byte[] png(ImageValues image) {
        return Png.of(pixels(image), width, height, channels);
    }

    /// Draws values on the scale of [ImageValues#toFloats]; those of pixels are cut at 0 and 1.
    public byte[] png(float[] values) {
        return Png.of(pixels(values), width, height, channels);
    }

    /// Draws images side by side, so that a browser asks once for many.
    ///
    /// @param images values of each; an empty array is black
    public byte[] row(List<float[]> images) {
        int narrow = Math.min(width, WIDEST_IN_ROW);
        int low = Math.max(1, (int) ((long) height * narrow / width));
        int line = narrow * channels;
        byte[] row = new byte[line * low * images.size()];
        for (int i = 0; i < images.size(); i++) {
            float[] values = images.get(i);
            if (values.length > 0) {
                byte[] pixels = shrunk(pixels(values), narrow, low);
                for (int y = 0; y < low; y++) {
                    System.arraycopy(pixels, y * line, row, (y * images.size() + i) * line, line);
                }
            }
        }
        return Png.of(row, narrow * images.size(), low, channels);
    }

    /// Each pixel is the mean of those in its place, so that none is left out.
    private byte[] shrunk(byte[] pixels, int narrow, int low) {
        if (narrow == width) {
            return pixels;
        }
        byte[] small = new byte[narrow * low * channels];
        for (int i = 0; i < small.length; i++) {
            int x = i / channels % narrow;
            int y = i / channels / narrow;
            int sum = 0;
            int count = 0;
            for (int row = y * height / low; row < (y + 1) * height / low; row++) {
                for (int column = x * width / narrow; column < (x + 1) * width / narrow; column++) {
                    sum += pixels[(row * width + column) * channels + i % channels] & 0xFF;
                    count++;
                }
            }
            small[i] = (byte) ((sum + count / 2) / count);
        }
        return small;
    }

    private byte[] pixels(ImageValues image) {
        if (shape instanceof Shape.Image) {
            return image.toBytes();
        }
        float[] values = new float[shape.values()];
        image.toFloats(values, 0);
        return pixels(values);
    }

    private byte[] pixels(float[] values) {
        if (shape instanceof Shape.Image) {
            return Png.bytes(values);
        }
        float[] columns = columns(values);
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : columns) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        float[] unit = new float[width * height];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = greatest > least ? (columns[i % width] - least) / (greatest - least) : 0.5f;
        }
        return Png.bytes(unit);
    }

    /// One value for each column of a strip.
    private float[] columns(float[] values) {
        float[] columns = new float[width];
        for (int x = 0; x < width; x++) {
            int from = (int) ((long) x * values.length / width);
            int to = (int) ((x + 1L) * values.length / width);
            for (int i = from; i < to; i++) {
                columns[x] += values[i] / (to - from);
            }
        }
        return columns;
    }
}
