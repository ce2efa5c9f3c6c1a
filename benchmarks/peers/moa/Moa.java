import com.yahoo.labs.samoa.instances.Attribute;
import com.yahoo.labs.samoa.instances.DenseInstance;
import com.yahoo.labs.samoa.instances.Instances;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import moa.clusterers.AbstractClusterer;
import moa.clusterers.clustream.WithKmeans;

/// Times MOA's CluStream; prints `piece<TAB>peer<TAB>nanoseconds of CPU an image`.
///
/// usage: java -cp MOA Moa.java FOLDER, which holds images.f32 (n x 784)
public final class Moa {
    private static final int VALUES = 784;

    public static void main(String[] arguments) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[0], "images.f32")))
                .order(ByteOrder.LITTLE_ENDIAN);
        // It takes milliseconds an image.
        int n = Math.min(2_000, bytes.capacity() / 4 / VALUES);
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            attributes.add(new Attribute("v" + i));
        }
        InstancesHeader header = new InstancesHeader(new Instances("images", attributes, 0));
        List<DenseInstance> images = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] values = new double[VALUES];
            for (int j = 0; j < VALUES; j++) {
                values[j] = bytes.getFloat();
            }
            DenseInstance image = new DenseInstance(1, values);
            image.setDataset(header);
            images.add(image);
        }
        WithKmeans clustream = new WithKmeans();
        clustream.kOption.setValue(10);
        clustream.maxNumKernelsOption.setValue(100);
        time("MOA CluStream, 100 micro-clusters", clustream, header, images);
    }

    private static void time(
            String name, AbstractClusterer clusterer, InstancesHeader header, List<DenseInstance> images) {
        clusterer.setModelContext(header);
        clusterer.prepareForUse();
        int warm = images.size() / 2;
        images.subList(0, warm).forEach(clusterer::trainOnInstance);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        images.subList(warm, images.size()).forEach(clusterer::trainOnInstance);
        long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        System.out.printf("k-means step, K=10, one image at a time\t%s\t%.1f%n", name, (double) taken / (images.size() - warm));
    }
}
