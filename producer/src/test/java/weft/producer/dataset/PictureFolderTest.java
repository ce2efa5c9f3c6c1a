package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Shape;
import weft.core.image.Split;

class PictureFolderTest {
    @TempDir
    private Path folder;

    private void picture(String path, int width, int height, int type, Color color) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, color.getRGB());
        }
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        String format = path.endsWith("png") || path.endsWith("PNG") ? "png" : "jpeg";
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }

    private LabelledImages read(String... shape) {
        return new DataFolder(
                        folder,
                        Optional.of(shape).filter(s -> s.length > 0).map(s -> Shape.parse(s[0])),
                        OptionalDouble.of(0))
                .read();
    }

    @Test
    void picturesTakeTheShapeOfTheFirstByPathAndTheirFoldersNameTheClasses() throws IOException {
        picture("train/dog/0.PNG", 3, 9, BufferedImage.TYPE_INT_RGB, Color.RED);
        picture("train/cat/b.jpg", 16, 16, BufferedImage.TYPE_BYTE_GRAY, Color.WHITE);
        picture("train/cat/a.png", 4, 2, BufferedImage.TYPE_INT_RGB, Color.BLUE);
        Files.write(folder.resolve("train/cat/.DS_Store"), new byte[3]);
        Files.write(folder.resolve("train/cat/notes.txt"), new byte[3]);

        LabelledImages images = read();

        assertThat(images.describe().shape()).isEqualTo(new Shape.Image(4, 2, 3));
        assertThat(images.describe().classes()).containsExactly("cat", "dog");
        assertThat(images.size(Split.TRAIN)).isEqualTo(3);
        assertThat(images.raw(Split.TRAIN, 0)).startsWith(0, 0, 255).hasSize(24);
        assertThat(images.raw(Split.TRAIN, 1)).containsOnly(255);
        assertThat(images.raw(Split.TRAIN, 2)).startsWith(255, 0, 0).endsWith(255, 0, 0);
        assertThat(images.label(Split.TRAIN, 1)).contains("0");
        assertThat(images.label(Split.TRAIN, 2)).contains("1");
    }

    @Test
    void aShapeMakesThemGrey() throws IOException {
        picture("train/cat/a.png", 4, 2, BufferedImage.TYPE_INT_RGB, Color.WHITE);
        picture("test/cat/a.png", 5, 5, BufferedImage.TYPE_INT_RGB, Color.BLUE);

        LabelledImages images = new DataFolder(folder, Optional.of(Shape.parse("2x2")), OptionalDouble.empty()).read();

        assertThat(images.raw(Split.TRAIN, 0)).containsOnly(255);
        assertThat(images.raw(Split.TEST, 0)).containsOnly((114 * 255 + 500) / 1000);
    }

    @Test
    void numbersAreNoNames() throws IOException {
        for (int i = 1; i <= 10; i++) {
            picture("train/" + i + "/a.png", 2, 2, BufferedImage.TYPE_BYTE_GRAY, Color.WHITE);
        }

        assertThat(read().describe().classes()).isEmpty();
        assertThat(read().label(Split.TRAIN, 1)).contains("10");
    }
}
