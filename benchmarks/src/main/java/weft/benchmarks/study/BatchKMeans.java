package weft.benchmarks.study;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.producer.dataset.LabelledImages;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.KMeans;

/// k-means on all train images at once until nothing moves: what a stream is measured against.
final class BatchKMeans {
    private static final int MOST_ROUNDS = 300;

    private BatchKMeans() {}

    /// The least inertia over the trials' seeds, for each K.
    static Map<Integer, Double> inertia(LabelledImages data, Iterable<Integer> ks) {
        int images = data.size(Split.TRAIN);
        Codes pixels = new Codes(images, data.describe().shape().values());
        for (int i = 0; i < images; i++) {
            ImageValues.of(data.describe().shape(), data.raw(Split.TRAIN, i))
                    .toFloats(pixels.values(), i * data.describe().shape().values());
        }
        pixels.rows(images);
        Map<Integer, Double> least = new TreeMap<>();
        for (int k : ks) {
            least.put(
                    k,
                    Trial.SEEDS.parallelStream()
                            .mapToDouble(seed -> KMeans.fit(pixels, k, MOST_ROUNDS, new SplittableRandom(seed))
                                    .inertia())
                            .min()
                            .orElseThrow());
        }
        return least;
    }
}
