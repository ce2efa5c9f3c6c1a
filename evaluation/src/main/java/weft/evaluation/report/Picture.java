package weft.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import weft.core.image.Pixels;

/// An image of 28 x 28 as the address of a PNG that an HTML file carries in itself.
final class Picture {
    private Picture() {}

    /// @param pixels 784 values; outside 0 to 1 they are clipped
    static String address(float[] pixels) {
        BufferedImage image = new BufferedImage(Pixels.SIDE, Pixels.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < Pixels.COUNT; i++) {
            int grey = Math.round(255 * Math.clamp(pixels[i], 0f, 1f));
            image.getRaster().setSample(i % Pixels.SIDE, i / Pixels.SIDE, 0, grey);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
