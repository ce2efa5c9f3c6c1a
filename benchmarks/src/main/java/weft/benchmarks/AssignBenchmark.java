package weft.benchmarks;

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
import weft.core.math.NearestCentroids;
import weft.core.model.Assignment;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.NetworkEncoder;

/// One image through the parts of the scoring hot path, and blocks through those that learning shares with it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AssignBenchmark {
    private static final int BLOCK = 1_024;

    @Param({"10", "64", "256"})
    private int k;

    private float[] image = {};
    private Clusterer.Pass pixelCentroids = new Centroids(Samples.matrix(2, 1), false).pass();
    private Clusterer.Pass mixture = pixelCentroids;
    private Encoder.Pass encoder = new NetworkEncoder(Samples.encoder()).pass();

    private final float[] block = Samples.images(BLOCK);
    private final float[] blockCodes = new float[BLOCK * 32];
    private final int[] clusters = new int[BLOCK];
    private final float[] distances = new float[BLOCK];
    private NearestCentroids nearest = new NearestCentroids(2, Samples.VALUES);

    /// Makes models of the size that is measured.
    @Setup
    public void prepare() {
        image = Samples.images(1);
        pixelCentroids = new Centroids(Samples.matrix(k, Samples.VALUES), false).pass();
        mixture = Samples.mixture(k).pass();
        nearest = new NearestCentroids(k, Samples.VALUES);
        nearest.use(Samples.matrix(k, Samples.VALUES).toArray());
    }

    /// Nearest of k centroids of 784 values.
    @Benchmark
    public Assignment nearestOfPixels() {
        return pixelCentroids.assign(image);
    }

    /// The same for 1,024 images at once.
    @Benchmark
    public int[] nearestOfPixelsInABlock() {
        nearest.find(block, BLOCK, clusters, distances);
        return clusters;
    }

    /// 784-32.
    @Benchmark
    public float[] encode() {
        return encoder.encode(image, 0);
    }

    /// The same for 1,024 images at once.
    @Benchmark
    public float[] encodeABlock() {
        encoder.encode(block, Samples.VALUES, BLOCK, blockCodes);
        return blockCodes;
    }

    /// 784-32, then the most probable of k Gaussians.
    @Benchmark
    public Assignment encodeAndMixture() {
        return mixture.assign(encoder.encode(image, 0));
    }
}
