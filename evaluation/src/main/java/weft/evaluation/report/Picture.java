package weft.evaluation.report;

import java.util.Base64;
import weft.core.image.Shape;
import weft.kafka.wire.Drawing;

/// Images of one shape as addresses of PNGs that an HTML file carries in itself.
final class Picture {
    private final Drawing drawing;

    Picture(Shape shape) {
        drawing = new Drawing(shape);
    }

    /// @param values of an image, pixels from 0 to 1
    String address(float[] values) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(drawing.png(values));
    }
}
