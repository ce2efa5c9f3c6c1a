package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchWordsTest {
    private static final int WORDS = 7;

    private final Random random = new Random(3);
    private final Matrix whitening = symmetric();
    private final Matrix dictionary = matrix(WORDS, PatchWords.VALUES);
    private final Vector mean = mean();

    @ParameterizedTest
    @CsvSource({"28, 28, 2, 2", "8, 9, 2, 2", "40, 12, 3, 2"})
    void itIsWhatPlainLoopsMakeOfIt(int width, int height, int acrossStep, int downStep) {
        float[] plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            // Blank on the left, so that some patches are.
            plane[i] = i % width < width / 2 ? .25f : random.nextFloat();
        }
        PatchWords words = new PatchWords(width, height, whitening, mean, dictionary);
        assertThat(words.size()).isEqualTo(PatchWords.size(width, height, WORDS));
        float[] found = new float[words.size()];
        words.describe(plane, found);
        words.describe(plane, found);
        double[] wanted = plain(plane, width, height, acrossStep, downStep);
        assertThat(wanted).hasSize(found.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found[i]).as("value %d", i).isCloseTo((float) wanted[i], within(2e-3f));
        }
    }

    private double[] plain(float[] plane, int width, int height, int acrossStep, int downStep) {
        int across = (width - PatchWords.SIDE) / acrossStep + 1;
        int down = (height - PatchWords.SIDE) / downStep + 1;
        int regionsAcross = Math.min(3, across);
        int regionsDown = Math.min(3, down);
        double[] sums = new double[regionsAcross * regionsDown * WORDS];
        int[] counts = new int[regionsAcross * regionsDown];
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                double[] white = white(plane, y * downStep * width + x * acrossStep, width);
                double[] distances = new double[WORDS];
                double usual = 0;
                for (int word = 0; word < WORDS; word++) {
                    double squared = 0;
                    for (int i = 0; i < PatchWords.VALUES; i++) {
                        squared += Math.pow(white[i] - dictionary.get(word, i), 2);
                    }
                    distances[word] = Math.sqrt(squared);
                    usual += distances[word] / WORDS;
                }
                int region = y * regionsDown / down * regionsAcross + x * regionsAcross / across;
                counts[region]++;
                for (int word = 0; word < WORDS; word++) {
                    sums[region * WORDS + word] += Math.max(0, usual - distances[word]);
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.sqrt(sums[i] / counts[i / WORDS]);
        }
        return sums;
    }

    private double[] white(float[] plane, int from, int width) {
        int n = PatchWords.VALUES;
        double[] patch = new double[n];
        double middle = 0;
        for (int i = 0; i < n; i++) {
            patch[i] = plane[from + i / PatchWords.SIDE * width + i % PatchWords.SIDE];
            middle += patch[i] / n;
        }
        double variance = 0;
        for (int i = 0; i < n; i++) {
            variance += Math.pow(patch[i] - middle, 2) / n;
        }
        double[] white = new double[n];
        for (int i = 0; i < n; i++) {
            white[i] = -mean.get(i);
            for (int j = 0; j < n; j++) {
                white[i] += (patch[j] - middle) / Math.sqrt(variance + .01) * whitening.get(j, i);
            }
        }
        return white;
    }

    @Test
    void aPatchLosesItsMeanAndContrast() {
        float[] plane = new float[64];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i % 2;
        }
        float[] patch = new float[PatchWords.VALUES];
        assertThat(PatchWords.normalised(plane, 1, 8, patch)).isTrue();
        float size = (float) (.5 / Math.sqrt(.26));
        assertThat(patch[0]).isCloseTo(size, within(1e-6f));
        assertThat(patch[1]).isCloseTo(-size, within(1e-6f));
        assertThat(PatchWords.normalised(new float[64], 0, 8, patch)).isFalse();
        assertThat(patch).containsOnly(0);
    }

    private Matrix symmetric() {
        float[] values = new float[PatchWords.VALUES * PatchWords.VALUES];
        for (int i = 0; i < PatchWords.VALUES; i++) {
            for (int j = 0; j <= i; j++) {
                values[i * PatchWords.VALUES + j] = (float) random.nextGaussian() / 6;
                values[j * PatchWords.VALUES + i] = values[i * PatchWords.VALUES + j];
            }
        }
        return Matrix.of(PatchWords.VALUES, PatchWords.VALUES, values);
    }

    private Matrix matrix(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Matrix.of(rows, columns, values);
    }

    private Vector mean() {
        double[] values = new double[PatchWords.VALUES];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() / 10;
        }
        return Vector.of(values);
    }
}
