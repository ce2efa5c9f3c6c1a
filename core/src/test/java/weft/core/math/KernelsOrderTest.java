package weft.core.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/// Sums have one order, whether the code is interpreted, compiled or compiled better: training repeats bit
/// for bit.
class KernelsOrderTest {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    @Test
    void theSameBitsColdAndWarm() {
        Random random = new Random(5);
        for (int round = 0; round < 30_000; round++) {
            int n = 1 + random.nextInt(100);
            float[] x = floats(random, n);
            float[] y = floats(random, n);
            assertThat(Kernels.squaredDistance(x, 0, y, 0, n)).isEqualTo(expectedDistance(x, y));
        }
    }

    @Test
    void eightSumsAreThoseOfEachVector() {
        checkEightSums();
    }

    /// As on processors whose vectors have 16 bytes, in a process of its own.
    @Test
    void theyAreSoWithFourLanes() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:MaxVectorSize=16",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FourLanes.class.getName())
                .redirectErrorStream(true)
                .start();
        String output;
        try (InputStream said = child.getInputStream()) {
            output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("lanes: 4");
    }

    static final class FourLanes {
        private FourLanes() {}

        public static void main(String[] arguments) {
            checkEightSums();
            System.out.println("lanes: " + Kernels.LANES);
        }
    }

    private static void checkEightSums() {
        Random random = new Random(6);
        FloatVector[] v = new FloatVector[8];
        float[] sums = new float[8];
        for (int round = 0; round < 3_000; round++) {
            for (int i = 0; i < 8; i++) {
                v[i] = FloatVector.fromArray(Kernels.SPECIES, floats(random, Kernels.LANES), 0);
            }
            LaneSums.sums(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], new float[LaneSums.BUFFER], sums);
            for (int i = 0; i < 8; i++) {
                assertThat(sums[i]).isEqualTo(LaneSums.sum(v[i]));
            }
        }
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// One sum for each lane, folded by halves; then the tail that fills no vector.
    private static float expectedDistance(float[] x, float[] y) {
        float[] lanes = new float[LANES];
        int bound = x.length - x.length % LANES;
        for (int i = 0; i < bound; i++) {
            float d = x[i] - y[i];
            lanes[i % LANES] = Math.fma(d, d, lanes[i % LANES]);
        }
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] += lanes[lane + half];
            }
        }
        float rest = 0;
        for (int i = bound; i < x.length; i++) {
            float d = x[i] - y[i];
            rest = Math.fma(d, d, rest);
        }
        return lanes[0] + rest;
    }
}
