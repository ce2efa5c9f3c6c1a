package weft.evaluation.report;

import java.util.Base64;
import weft.core.image.Pixels;
import weft.kafka.wire.Png;

/// An image of 28 x 28 as the address of a PNG that an HTML file carries in itself.
final class Picture {
    private Picture() {}

    /// @param pixels 784 values; outside 0 to 1 they are cut
    static String address(float[] pixels) {
        byte[] png = Png.of(Png.bytes(pixels), Pixels.SIDE, Pixels.SIDE, 1);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
