import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.StreamingKMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/// Times Spark MLlib's StreamingKMeans with one worker thread; prints `piece<TAB>peer<TAB>nanoseconds of CPU an image`.
///
/// A job of Spark is planned by one thread and done by another, so the CPU time of all Java threads counts.
///
/// usage: java -cp SPARK Spark.java FOLDER, which holds images.f32 (n x 784)
public final class Spark {
    private static final int VALUES = 784;
    private static final int BLOCKS = 15;
    private static final long WARM_UP = 3_000_000_000L;
    private static final ThreadMXBean CPU = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final JavaSparkContext context;
    private final List<Vector> images;

    private Spark(JavaSparkContext context, List<Vector> images) {
        this.context = context;
        this.images = images;
    }

    public static void main(String[] arguments) throws Exception {
        SparkConf settings = new SparkConf()
                .setMaster("local[1]")
                .setAppName("peer")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false");
        try (JavaSparkContext context = new JavaSparkContext(settings)) {
            Spark spark = new Spark(context, images(Path.of(arguments[0], "images.f32")));
            spark.kmeans(10);
            spark.kmeans(256);
        }
    }

    private static List<Vector> images(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Vector> images = new ArrayList<>();
        while (bytes.hasRemaining()) {
            double[] values = new double[VALUES];
            for (int i = 0; i < VALUES; i++) {
                values[i] = bytes.getFloat();
            }
            images.add(Vectors.dense(values));
        }
        return images;
    }

    private void kmeans(int k) {
        double[] weights = new double[k];
        Arrays.fill(weights, 1);
        Vector[] centres = KMeans.train(inMemory(2_048).rdd(), k, 10).clusterCenters();
        StreamingKMeansModel[] model = {new StreamingKMeansModel(centres, weights)};
        List<Vector> single = images.subList(0, 1_000);
        measure("k-means assign, K=" + k + ", one image", single.size(), () -> single.forEach(model[0]::predict));
        for (int batch : new int[] {64, 1_024}) {
            JavaRDD<Vector> rows = inMemory(batch);
            measure("k-means step, K=" + k + ", batch " + batch, batch, () -> {
                model[0] = model[0].update(rows.rdd(), 1, "batches");
            });
        }
        JavaRDD<Vector> rows = inMemory(1_024);
        measure("k-means assign, K=" + k + ", 1024 images", 1_024, () -> model[0].predict(rows)
                .collect());
    }

    /// The first images in Spark's memory, as a stream's receiver leaves them: tasks do not carry them along.
    private JavaRDD<Vector> inMemory(int n) {
        JavaRDD<Vector> rows = context.parallelize(images.subList(0, n), 1).cache();
        rows.rdd().localCheckpoint();
        rows.count();
        return rows;
    }

    /// Prints the median over blocks of the CPU time of all Java threads.
    private static void measure(String piece, int images, Runnable block) {
        long end = cpu() + WARM_UP;
        while (cpu() < end) {
            block.run();
        }
        double[] times = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            long start = cpu();
            block.run();
            times[i] = (double) (cpu() - start) / images;
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%s\tSpark MLlib\t%.1f%n", piece, times[BLOCKS / 2]);
    }

    private static long cpu() {
        return Arrays.stream(CPU.getThreadCpuTime(CPU.getAllThreadIds()))
                .filter(time -> time > 0)
                .sum();
    }
}
