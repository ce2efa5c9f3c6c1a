package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /// A row is no wider than a browser decodes, whatever the images are; each pixel counts in it.
    @ParameterizedTest
    @CsvSource({
        "16384x1, 1024, 1",
        "8192x2, 1024, 1",
        "2048x8, 1024, 4",
        "5461x1x3, 1024, 1",
        "1025x2, 1024, 1",
        "1024x16, 1024, 16",
        "1x16384, 1, 16384",
        "16384, 512, 64",
    })
    void aRowOfSixteenIsNoWiderThanABrowserDecodes(String shape, int width, int height) throws IOException {
        Drawing drawing = new Drawing(Shape.parse(shape));
        float[] falling = new float[Shape.parse(shape).values()];
        for (int i = 0; i < falling.length; i++) {
            falling[i] = 1 - (float) i / falling.length;
        }
        BufferedImage read = read(drawing.row(Collections.nCopies(16, falling)));
        assertThat(read.getWidth()).isEqualTo(16 * width).isLessThanOrEqualTo(16_384);
        assertThat(read.getHeight()).isEqualTo(height);
        assertThat(read.getRaster().getSample(15 * width, 0, 0)).isGreaterThan(250 - 255 / height);
        assertThat(read.getRaster().getSample(16 * width - 1, height - 1, 0)).isLessThan(5 + 255 / height);
    }

    @Test
    void aPixelOfASmallerPictureIsTheMeanOfThoseInItsPlace() throws IOException {
        Drawing drawing = new Drawing(new Shape.Image(2048, 2, 3));
        float[] values = new float[2048 * 2 * 3];
        // Red of the four pixels in the second place: 0, 1, 0, 1; green of one of them.
        values[3 * 3] = 1;
        values[(2048 + 3) * 3] = 1;
        values[2 * 3 + 1] = 1;
        BufferedImage read = read(drawing.row(List.of(values, values)));
        assertThat(read.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x804000);
        assertThat(read.getRGB(1024 + 1, 0) & 0xFFFFFF).isEqualTo(0x804000);
        assertThat(read.getRGB(0, 0) & 0xFFFFFF).isZero();
        assertThat(read.getRGB(2, 0) & 0xFFFFFF).isZero();
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
