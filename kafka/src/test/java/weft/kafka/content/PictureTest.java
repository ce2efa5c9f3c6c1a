package weft.kafka.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;

/// JPEG, which the case files leave out: their script has no writer of it.
class PictureTest {
    private static byte[] jpeg(int type, int width, int height, boolean noise) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        int bands = image.getRaster().getNumBands();
        for (int i = 0; i < width * height; i++) {
            int[] sample = new int[bands];
            Arrays.fill(sample, noise ? (i * i * 31 + i / 7) % 256 : 120);
            image.getRaster().setPixel(i % width, i / width, sample);
        }
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", target)).isTrue();
        return target.toByteArray();
    }

    private static byte[] decode(byte[] content, String shape) {
        return new ContentDecoder(Shape.parse(shape)).decode("image/jpeg", content);
    }

    @Test
    void greyStaysAsItIsStored() throws IOException {
        byte[] content = jpeg(BufferedImage.TYPE_BYTE_GRAY, 16, 16, false);

        assertThat(decode(content, "2x1")).containsExactly(120, 120);
        assertThat(decode(content, "1x1x3")).containsExactly(120, 120, 120);
        assertThat(Picture.read(PictureFormat.JPEG, content).shape()).isEqualTo(new Shape.Image(16, 16, 1));
    }

    @Test
    void coloursComeAsRgb() throws IOException {
        byte[] content = jpeg(BufferedImage.TYPE_INT_RGB, 20, 10, false);

        assertThat(Picture.read(PictureFormat.JPEG, content).shape()).isEqualTo(new Shape.Image(20, 10, 3));
        assertThat(decode(content, "1x1x3")).containsExactly(120, 120, 120);
        assertThat(decode(content, "1x1")).containsExactly(120);
    }

    @Test
    void aCutOneIsRefusedAtEveryLength() throws IOException {
        byte[] content = jpeg(BufferedImage.TYPE_BYTE_GRAY, 64, 64, true);
        assertThat(decode(content, "2x2")).hasSize(4);

        for (int length = 3; length < content.length - 2; length += 97) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> decode(cut, "2x2"))
                    .as("%d of %d bytes", length, content.length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("JPEG")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aBombIsRefusedByItsHeader() throws IOException {
        byte[] content = jpeg(BufferedImage.TYPE_BYTE_GRAY, 16, 16, false);
        int start = 2;
        while ((content[start + 1] & 0xFF) != 0xC0) {
            start += 2 + ByteBuffer.wrap(content).getShort(start + 2);
        }
        ByteBuffer.wrap(content).putShort(start + 5, (short) 65_500).putShort(start + 7, (short) 65_500);

        assertThatThrownBy(() -> decode(content, "2x2"))
                .hasMessage("65500 x 65500 pixels are more than " + Picture.MOST_PIXELS);
    }

    @Test
    void tooManyBytesAreRefusedUnread() {
        assertThatThrownBy(() -> decode(new byte[Picture.MOST_BYTES + 1], "2x2"))
                .hasMessage("a picture has at most 16777216 bytes, not 16777217");
    }

    @Test
    void damageNeverLeavesByAnotherException() throws IOException {
        assertDamageIsRefused("image/jpeg", jpeg(BufferedImage.TYPE_INT_RGB, 32, 32, true));
        Path png = Path.of("src/test/resources/weft/kafka/content/cases/2x1x3.png.palette.bin");
        assertDamageIsRefused("image/png", Files.readAllBytes(png));
    }

    private static void assertDamageIsRefused(String type, byte[] content) {
        ContentDecoder decoder = new ContentDecoder(Shape.parse("2x2x3"));
        Random random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < 500; trial++) {
            byte[] damaged = content.clone();
            for (int i = 0; i < 5; i++) {
                damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decode(type, damaged)).hasSize(12);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageNotContaining("\n");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
