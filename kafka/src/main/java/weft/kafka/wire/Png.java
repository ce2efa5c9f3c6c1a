package weft.kafka.wire;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// The one writer of PNG: for the live page and for the report.
public final class Png {
    static {
        ImageIO.setUseCache(false);
    }

    private Png() {}

    /// Draws pixels, row by row.
    ///
    /// @param channels 1 for grey, 3 for red, green and blue of each pixel
    public static byte[] of(byte[] pixels, int width, int height, int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
        }
        if (pixels.length != width * height * channels) {
            throw new IllegalArgumentException(
                    "pixels must be " + width * height * channels + " bytes, not " + pixels.length);
        }
        BufferedImage picture = new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        if (channels == 1) {
            picture.getRaster().setDataElements(0, 0, width, height, pixels);
        } else {
            for (int i = 0; i < width * height; i++) {
                int rgb = ((pixels[3 * i] & 255) << 16) | ((pixels[3 * i + 1] & 255) << 8) | (pixels[3 * i + 2] & 255);
                picture.setRGB(i % width, i / width, rgb);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return out.toByteArray();
    }

    /// Values from 0 to 1 as bytes; what lies outside is cut.
    public static byte[] bytes(float[] unit) {
        byte[] bytes = new byte[unit.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.clamp(unit[i], 0f, 1f));
        }
        return bytes;
    }
}
