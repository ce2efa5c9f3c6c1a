package weft.monitoring.page;

import java.util.List;
import weft.core.image.Pixels;
import weft.kafka.wire.Png;

/// Draws grey values as PNG, 28 x 28 like the images of the stream.
final class Pictures {
    private Pictures() {}

    static byte[] png(Pixels pixels) {
        return Png.of(pixels.toBytes(), Pixels.SIDE, Pixels.SIDE, 1);
    }

    /// Draws values from 0 to 1; what lies outside is cut.
    static byte[] png(float[] unit) {
        return png(pixels(unit));
    }

    /// Draws images side by side, so that a browser asks once for many.
    static byte[] strip(List<Pixels> images) {
        int width = Pixels.SIDE * images.size();
        byte[] strip = new byte[width * Pixels.SIDE];
        for (int i = 0; i < images.size(); i++) {
            byte[] image = images.get(i).toBytes();
            for (int y = 0; y < Pixels.SIDE; y++) {
                System.arraycopy(image, y * Pixels.SIDE, strip, y * width + i * Pixels.SIDE, Pixels.SIDE);
            }
        }
        return Png.of(strip, width, Pixels.SIDE, 1);
    }

    /// The grey values of numbers from 0 to 1.
    static Pixels pixels(float[] unit) {
        return Pixels.of(Png.bytes(unit));
    }
}
