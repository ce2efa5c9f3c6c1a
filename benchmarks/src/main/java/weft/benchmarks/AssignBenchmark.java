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
import weft.core.model.Assignment;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.NetworkEncoder;

/// One image through the parts of the scoring hot path.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AssignBenchmark {
    @Param({"10", "64", "256"})
    private int k;

    private float[] image = {};
    private Clusterer.Pass pixelCentroids = new Centroids(Samples.matrix(2, 1), false).pass();
    private Clusterer.Pass mixture = pixelCentroids;
    private Encoder.Pass encoder = new NetworkEncoder(Samples.encoder()).pass();

    /// Makes models of the size that is measured.
    @Setup
    public void prepare() {
        image = Samples.images(1);
        pixelCentroids = new Centroids(Samples.matrix(k, Samples.VALUES), false).pass();
        mixture = Samples.mixture(k).pass();
    }

    /// Nearest of k centroids of 784 values.
    @Benchmark
    public Assignment nearestOfPixels() {
        return pixelCentroids.assign(image);
    }

    /// 784-32, then the most probable of k Gaussians.
    @Benchmark
    public Assignment encodeAndMixture() {
        return mixture.assign(encoder.encode(image, 0));
    }
}
