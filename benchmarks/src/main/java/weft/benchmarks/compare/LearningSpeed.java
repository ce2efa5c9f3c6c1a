package weft.benchmarks.compare;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import weft.core.math.NearestCentroids;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.NetworkEncoder;
import weft.trainer.autoencoder.Autoencoder;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.autoencoder.Reconstruction;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.Follow;
import weft.trainer.cluster.KMeansLearner;
import weft.trainer.cluster.MixtureLearner;

/// Times the learning and the scoring of images as the peers do theirs; prints `piece<TAB>Weft<TAB>nanoseconds of CPU
/// an image`.
///
/// The CPU time of the one thread counts, which other programs on the machine disturb least.
final class LearningSpeed {
    private static final int BLOCKS = 41;
    private static final long WARM_UP = 1_500_000_000L;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final float[] images;
    private final float[] codes;

    private LearningSpeed(Path folder) {
        images = SharedSample.floats(folder.resolve(SharedSample.IMAGES));
        codes = SharedSample.floats(folder.resolve(SharedSample.CODES));
    }

    /// Measures Weft's own learning core.
    ///
    /// @param arguments the folder of the [SharedSample]
    public static void main(String[] arguments) {
        LearningSpeed speed = new LearningSpeed(Path.of(arguments[0]));
        speed.kmeans(10);
        speed.kmeans(256);
        speed.mixture();
        speed.autoencoder(64);
        speed.autoencoder(256);
    }

    private void kmeans(int k) {
        KMeansLearner learner =
                new KMeansLearner(new KMeansLearner.Settings(k, SharedSample.VALUES, Follow.STILL, false, 1));
        learner.follow(rows(images, SharedSample.VALUES, 2_048), new int[2_048], 2_048);
        for (int batch : new int[] {64, 1_024}) {
            Codes rows = rows(images, SharedSample.VALUES, batch);
            int[] clusters = new int[batch];
            measure("k-means step, K=" + k + ", batch " + batch, batch, 10, () -> learner.learn(rows, clusters));
        }
        Centroids model = (Centroids) learner.clusterer();
        NearestCentroids nearest = new NearestCentroids(k, SharedSample.VALUES);
        nearest.use(model.centroids().toArray());
        int[] clusters = new int[1_024];
        float[] distances = new float[1_024];
        measure("k-means assign, K=" + k + ", 1024 images", 1_024, 4, () -> {
            nearest.find(images, 1_024, clusters, distances);
        });
        Clusterer.Pass pass = model.pass();
        float[][] single = new float[1_000][];
        Arrays.setAll(single, i -> Arrays.copyOfRange(images, i * SharedSample.VALUES, (i + 1) * SharedSample.VALUES));
        measure("k-means assign, K=" + k + ", one image", single.length, 4, () -> {
            for (float[] image : single) {
                pass.assign(image);
            }
        });
    }

    private void mixture() {
        int n = codes.length / SharedSample.CODE;
        MixtureLearner learner =
                new MixtureLearner(new MixtureLearner.Settings(10, SharedSample.CODE, Follow.TRANSPORT, 1));
        Codes rows = rows(codes, SharedSample.CODE, n);
        // From 10,000 images on it learns step by step.
        learner.follow(rows, new int[n], 10_000);
        int[] clusters = new int[n];
        measure("mixture step, K=10, 32 values", n, 1, () -> learner.learn(rows, clusters));
        Clusterer.Pass pass = learner.clusterer().pass();
        float[] code = new float[SharedSample.CODE];
        measure("mixture assign, K=10, 32 values", n, 1, () -> {
            for (int i = 0; i < n; i++) {
                System.arraycopy(codes, i * SharedSample.CODE, code, 0, SharedSample.CODE);
                pass.assign(code);
            }
        });
    }

    private void autoencoder(int batch) {
        Autoencoder autoencoder = new Autoencoder(
                new AutoencoderSettings(List.of(SharedSample.VALUES, SharedSample.CODE), Optimiser.ADAM, 2e-3, 0, 0, 1),
                Reconstruction.PIXELS);
        float[] batchCodes = new float[batch * SharedSample.CODE];
        measure("autoencoder step 784-32, batch " + batch, batch, 10, () -> {
            autoencoder.train(images, batch, batchCodes);
        });
        if (batch == 64) {
            Encoder.Pass pass = new NetworkEncoder(autoencoder.encoder()).pass();
            float[] blockCodes = new float[1_024 * SharedSample.CODE];
            measure("encode, 1024 images", 1_024, 4, () -> {
                pass.encode(images, SharedSample.VALUES, 1_024, blockCodes);
            });
            measure("encode, one image", 1, 1_000, () -> pass.encode(images, 0));
        }
    }

    private static Codes rows(float[] values, int size, int n) {
        Codes rows = new Codes(n, size);
        for (int i = 0; i < n; i++) {
            rows.add(values, i * size);
        }
        return rows;
    }

    private static void measure(String piece, int imagesOfRun, int runs, Runnable run) {
        measure("Weft", piece, imagesOfRun, runs, run);
    }

    /// Times a run after a warm-up, and prints the median of its blocks.
    static void measure(String program, String piece, int imagesOfRun, int runs, Runnable run) {
        long end = CPU.getCurrentThreadCpuTime() + WARM_UP;
        while (CPU.getCurrentThreadCpuTime() < end) {
            run.run();
        }
        double[] times = new double[BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            long start = CPU.getCurrentThreadCpuTime();
            for (int i = 0; i < runs; i++) {
                run.run();
            }
            times[block] = (double) (CPU.getCurrentThreadCpuTime() - start) / imagesOfRun / runs;
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%s\t%s\t%.1f%n", piece, program, times[BLOCKS / 2]);
    }
}
