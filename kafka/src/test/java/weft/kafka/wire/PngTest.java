package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
    @Test
    void greyIsWhatItWas() throws IOException {
        BufferedImage read = read(Png.of(new byte[] {0, 102, (byte) 255, 7, 8, 9}, 3, 2, 1));

        assertThat(read.getWidth()).isEqualTo(3);
        assertThat(read.getHeight()).isEqualTo(2);
        assertThat(read.getRaster().getSample(1, 0, 0)).isEqualTo(102);
        assertThat(read.getRaster().getSample(2, 0, 0)).isEqualTo(255);
        assertThat(read.getRaster().getSample(2, 1, 0)).isEqualTo(9);
    }

    @Test
    void coloursAreWhatTheyWere() throws IOException {
        BufferedImage read = read(Png.of(new byte[] {(byte) 255, 1, 2, 3, (byte) 200, 5}, 2, 1, 3));

        assertThat(read.getRGB(0, 0)).isEqualTo(0xFFFF0102);
        assertThat(read.getRGB(1, 0)).isEqualTo(0xFF03C805);
    }

    @Test
    void valuesOutsideAreCut() {
        assertThat(Png.bytes(new float[] {-1, 0.4f, 7, Float.NaN})).containsExactly(0, 102, -1, 0);
    }

    @Test
    void anotherShapeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Png.of(new byte[5], 2, 2, 1))
                .withMessage("pixels must be 4 bytes, not 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Png.of(new byte[8], 2, 2, 2))
                .withMessage("channels must be 1 or 3, not 2");
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
