package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.producer.dataset.LabelledImages;

/// How many images of a fixed probe keep their cluster from one snapshot to the next.
final class IdStability {
    private static final int PROBE = 2_000;

    /// The first snapshots still find their clusters.
    private static final long FROM_IMAGES = 20_000;

    private final float[][] probe;
    private final Map<PipelineName, int[]> last = new HashMap<>();
    private final Map<PipelineName, List<Double>> kept = new HashMap<>();

    /// The probe is the first images of the test split: nothing ever learns from them.
    IdStability(LabelledImages data) {
        probe = new float[Math.min(PROBE, data.size(Split.TEST))]
                [data.describe().shape().values()];
        for (int i = 0; i < probe.length; i++) {
            ImageValues.of(data.describe().shape(), data.raw(Split.TEST, i)).toFloats(probe[i], 0);
        }
    }

    /// Takes the next snapshot of a model.
    void published(Snapshot snapshot) {
        if (snapshot.version() < FROM_IMAGES) {
            return;
        }
        Map<PipelineName, int[]> now = new HashMap<>();
        SnapshotPass pass = new SnapshotPass(snapshot, _ -> true);
        for (int i = 0; i < probe.length; i++) {
            int image = i;
            pass.score(
                    probe[i],
                    (pipeline, assignment, _) ->
                            now.computeIfAbsent(pipeline, _ -> new int[probe.length])[image] = assignment.cluster());
        }
        now.forEach((pipeline, clusters) -> {
            int[] before = last.put(pipeline, clusters);
            if (before != null) {
                long same = 0;
                for (int i = 0; i < clusters.length; i++) {
                    same += clusters[i] == before[i] ? 1 : 0;
                }
                kept.computeIfAbsent(pipeline, _ -> new ArrayList<>()).add((double) same / clusters.length);
            }
        });
    }

    /// The share that kept its cluster between the two snapshots where fewest did; NaN before there were two.
    double worst(PipelineName pipeline) {
        return shares(pipeline).stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /// The median of that share over all pairs of snapshots.
    double median(PipelineName pipeline) {
        double[] shares =
                shares(pipeline).stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(shares);
        return shares.length == 0 ? Double.NaN : shares[shares.length / 2];
    }

    private List<Double> shares(PipelineName pipeline) {
        return kept.getOrDefault(pipeline, Collections.emptyList());
    }
}
