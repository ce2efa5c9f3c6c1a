package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import weft.core.image.ImageValues;
import weft.core.image.Shape;

/// PNGs hold the very grey values.
class DrawingTest {
    private static final Shape GREY = new Shape.Image(28, 28, 1);
    private static final Drawing DRAWING = new Drawing(GREY);

    @Test
    void everyGreyValueComesBack() throws IOException {
        byte[] grey = new byte[784];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) i;
        }
        BufferedImage read = read(DRAWING.png(ImageValues.of(GREY, grey)));
        assertThat(read.getWidth()).isEqualTo(28);
        assertThat(read.getHeight()).isEqualTo(28);
        assertThat((byte[]) read.getRaster().getDataElements(0, 0, 28, 28, null))
                .isEqualTo(grey);
    }

    @Test
    void numbersOutsideAreCut() throws IOException {
        float[] unit = new float[784];
        unit[0] = -3;
        unit[1] = 0.5f;
        unit[2] = 7;
        BufferedImage read = read(DRAWING.png(unit));
        assertThat(read.getRaster().getSample(0, 0, 0)).isZero();
        assertThat(read.getRaster().getSample(1, 0, 0)).isEqualTo(128);
        assertThat(read.getRaster().getSample(2, 0, 0)).isEqualTo(255);
    }

    @Test
    void aStripHoldsImagesSideBySide() throws IOException {
        float[] white = new float[784];
        Arrays.fill(white, 1);
        float[] black = {};
        BufferedImage read = read(DRAWING.row(List.of(black, white, black)));
        assertThat(read.getWidth()).isEqualTo(84);
        assertThat(read.getRaster().getSample(27, 5, 0)).isZero();
        assertThat(read.getRaster().getSample(28, 5, 0)).isEqualTo(255);
        assertThat(read.getRaster().getSample(56, 5, 0)).isZero();
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
