package weft.benchmarks;

import java.util.List;
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
import weft.trainer.autoencoder.Autoencoder;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.autoencoder.Reconstruction;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.Follow;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.cluster.MixtureLearner;

/// One mini-batch of 64 images through the learners; divide by 64 for an image.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrainBenchmark {
    private static final int BATCH = 64;

    @Param({"10", "256"})
    private int k;

    private final float[] images = Samples.images(BATCH);
    private final float[] codes = new float[BATCH * 32];
    private final int[] clusters = new int[BATCH];
    private final Codes batch = new Codes(BATCH, Samples.VALUES);
    private final Autoencoder autoencoder = new Autoencoder(
            new AutoencoderSettings(List.of(Samples.VALUES, 32), Optimiser.ADAM, 2e-3, 0, 0, 1), Reconstruction.PIXELS);
    private KMeansLearner kmeans = learner(2);
    private final Codes encoded = new Codes(BATCH, 32);
    private MixtureLearner mixture = new MixtureLearner(new MixtureLearner.Settings(2, 32, Follow.TRANSPORT, 1));

    private static KMeansLearner learner(int k) {
        return new KMeansLearner(new KMeansLearner.Settings(k, Samples.VALUES, Follow.STILL, false, 1));
    }

    /// Starts k-means on a window of its own.
    @Setup
    public void prepare() {
        for (int i = 0; i < BATCH; i++) {
            batch.add(images, i * Samples.VALUES);
        }
        Codes window = new Codes(512, Samples.VALUES);
        float[] start = Samples.images(512);
        for (int i = 0; i < 512; i++) {
            window.add(start, i * Samples.VALUES);
        }
        Codes codeWindow = new Codes(2_048, 32);
        float[] many = Samples.images(84);
        for (int i = 0; i < 2_048; i++) {
            codeWindow.add(many, i * 32);
        }
        for (int i = 0; i < BATCH; i++) {
            encoded.add(many, i * 32);
        }
        mixture = new MixtureLearner(new MixtureLearner.Settings(k, 32, Follow.TRANSPORT, 1));
        // From 10,000 images on it learns step by step.
        mixture.follow(codeWindow, new int[2_048], 10_000);
        kmeans = learner(k);
        kmeans.follow(window, new int[512], 512);
    }

    /// An Adam step of 784-32-784.
    @Benchmark
    public double autoencoderStep() {
        return autoencoder.train(images, BATCH, codes);
    }

    /// Stepwise EM on codes of 32 values.
    @Benchmark
    public int[] mixtureStep() {
        mixture.learn(encoded, clusters);
        return clusters;
    }

    /// Mini-batch k-means on pixels.
    @Benchmark
    public int[] kmeansStep() {
        kmeans.learn(batch, clusters);
        return clusters;
    }
}
