package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientedGradientsTest {
    @Test
    void directionsAreThoseOfTheArcTangent() {
        for (int degree = 0; degree < 360; degree++) {
            double angle = Math.toRadians(degree + .3);
            double wanted = (angle / Math.PI * 8) % 8;
            assertThat(OrientedGradients.direction((float) Math.cos(angle), (float) Math.sin(angle)))
                    .as("%d degrees", degree)
                    .isCloseTo((float) wanted, within(1e-4f));
        }
        assertThat(OrientedGradients.direction(1, 0)).isZero();
        assertThat(OrientedGradients.direction(-2, 0)).isZero();
        assertThat(OrientedGradients.direction(0, -1)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"28, 28, 1152, 4, 4", "8, 8, 32, 4, 4", "30, 9, 448, 4, 4", "64, 20, 896, 8, 4", "16, 127, 672, 4, 16"})
    void itIsWhatPlainLoopsMakeOfIt(int width, int height, int size, int cellWidth, int cellHeight) {
        float[] plane = new float[width * height];
        Random random = new Random(width);
        for (int i = 0; i < plane.length; i++) {
            plane[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
        }
        OrientedGradients gradients = new OrientedGradients(width, height);
        assertThat(gradients.size()).isEqualTo(size);
        float[] found = new float[size];
        gradients.describe(plane, found);
        gradients.describe(plane, found);
        double[] wanted = plain(plane, width, height, cellWidth, cellHeight);
        assertThat(wanted).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(found[i]).as("value %d", i).isCloseTo((float) wanted[i], within(2e-4f));
        }
    }

    private static double[] plain(float[] plane, int width, int height, int cellWidth, int cellHeight) {
        int columns = (width + cellWidth - 1) / cellWidth;
        int rows = (height + cellHeight - 1) / cellHeight;
        double[][][] cells = new double[rows][columns][8];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double dx = x > 0 && x < width - 1 ? plane[y * width + x + 1] - plane[y * width + x - 1] : 0;
                double dy = y > 0 && y < height - 1 ? plane[(y + 1) * width + x] - plane[(y - 1) * width + x] : 0;
                double place = ((Math.atan2(dy, dx) + 2 * Math.PI) % Math.PI) / Math.PI * 8;
                int bin = (int) Math.floor(place);
                double[] cell = cells[y / cellHeight][x / cellWidth];
                cell[bin % 8] += Math.hypot(dx, dy) * (bin + 1 - place);
                cell[(bin + 1) % 8] += Math.hypot(dx, dy) * (place - bin);
            }
        }
        double[] all = new double[(rows - 1) * (columns - 1) * 32];
        int to = 0;
        for (int row = 0; row < rows - 1; row++) {
            for (int column = 0; column < columns - 1; column++) {
                double norm = .1;
                for (int i = 0; i < 32; i++) {
                    all[to + i] = cells[row + i / 16][column + i / 8 % 2][i % 8];
                    norm += all[to + i] * all[to + i];
                }
                for (int i = 0; i < 32; i++) {
                    all[to++] /= Math.sqrt(norm);
                }
            }
        }
        return all;
    }

    @Test
    void aFlatPlaneHasNone() {
        float[] found = new float[32];
        new OrientedGradients(8, 8).describe(new float[64], found);
        assertThat(found).containsOnly(0);
    }

    @Test
    void tooSmallPlanesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrientedGradients(28, 7))
                .withMessage("images must be at least 8x8 pixels, not 28x7");
    }
}
