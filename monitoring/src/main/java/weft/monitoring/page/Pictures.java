package weft.monitoring.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import weft.core.image.Pixels;

/// Draws grey values as PNG, 28 x 28 like the images of the stream.
final class Pictures {
    static {
        ImageIO.setUseCache(false);
    }

    private Pictures() {}

    static byte[] png(Pixels pixels) {
        return png(pixels.toBytes());
    }

    /// Draws values from 0 to 1; what lies outside is cut.
    static byte[] png(float[] unit) {
        return png(grey(unit));
    }

    /// Draws images side by side, so that a browser asks once for many.
    static byte[] strip(List<Pixels> images) {
        BufferedImage picture =
                new BufferedImage(Pixels.SIDE * images.size(), Pixels.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < images.size(); i++) {
            picture.getRaster()
                    .setDataElements(
                            i * Pixels.SIDE,
                            0,
                            Pixels.SIDE,
                            Pixels.SIDE,
                            images.get(i).toBytes());
        }
        return encode(picture);
    }

    /// The grey values of numbers from 0 to 1.
    static Pixels pixels(float[] unit) {
        return Pixels.of(grey(unit));
    }

    private static byte[] grey(float[] unit) {
        byte[] grey = new byte[Pixels.COUNT];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) Math.round(255 * Math.clamp(unit[i], 0f, 1f));
        }
        return grey;
    }

    private static byte[] png(byte[] grey) {
        BufferedImage picture = new BufferedImage(Pixels.SIDE, Pixels.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, Pixels.SIDE, Pixels.SIDE, grey);
        return encode(picture);
    }

    private static byte[] encode(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return out.toByteArray();
    }
}
