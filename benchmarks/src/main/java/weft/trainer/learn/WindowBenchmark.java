package weft.trainer.learn;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Activation;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.DenseLayer;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.core.model.NetworkEncoder;
import weft.trainer.cluster.Codes;

/// What a milestone does with a window of 10,000 images of 28 x 28, encoded to 32 values.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WindowBenchmark {
    private static final Shape SHAPE = new Shape.Image(28, 28, 1);
    private static final int IMAGES = 10_000;
    private static final int CODE = 32;

    @Param({"10", "256"})
    private int k;

    private final Random random = new Random(1);
    private final RecentImages window = new RecentImages(SHAPE, IMAGES, 1);
    private final Encoder encoder = new NetworkEncoder(
            new Network(List.of(new DenseLayer(matrix(CODE, SHAPE.values()), new float[CODE], Activation.RELU))));
    private List<Clusterer> clusterers = List.of();
    private Optional<Codes> encoded = Optional.empty();

    private Matrix matrix(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return Matrix.of(rows, columns, values);
    }

    /// Fills the window.
    @Setup
    public void prepare() {
        byte[] pixels = new byte[SHAPE.values()];
        for (int i = 0; i < IMAGES; i++) {
            random.nextBytes(pixels);
            window.add(0, i, ImageValues.of(SHAPE, pixels.clone()));
        }
        clusterers = List.of(new Centroids(matrix(k, CODE), false));
        encoded =
                Optional.of(EncodedWindow.of(window, encoder, Optional.empty()).codes());
    }

    /// All of it by the encoder of now, the newest 1,024 images by that of before.
    @Benchmark
    public double encode() {
        return EncodedWindow.of(window, encoder, Optional.of(encoder)).drift();
    }

    /// The clusters of all of it, with the codes at hand, and the quantiles of their distances.
    @Benchmark
    public int[] survey() {
        return Survey.of(window, Survey.newest(window, IMAGES), encoded, encoder, clusterers, Optional.empty(), false)
                .clusters(0);
    }
}
