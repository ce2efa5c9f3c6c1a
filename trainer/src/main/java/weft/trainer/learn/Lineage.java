package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import weft.core.model.Clusterer;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent.Kind;

/// Follows the clusters of one pipeline from milestone to milestone, and says which of them have become others.
///
/// The same images are compared by the cluster that they had and by the one that they have: a cluster that shares less
/// than half of both with its past is another one. Where half of its past is in one other cluster now, that one has
/// taken it in (a merge); where half of it comes from one cluster that lives on, that one was split. A cluster that no
/// image of a whole window gets is dead too, and whatever gets its id later is another one.
final class Lineage {
    /// A cluster of fewer images, before and after, tells nothing.
    private static final int EVIDENCE = 10;

    /// So many images for each cluster, or nearly as many as a survey looks at, are a whole window.
    private static final int WHOLE = 100;

    private static final double NEARLY = 0.9;

    private final PipelineName pipeline;
    private final int[] generations;
    private final boolean[] gone;
    private final int whole;
    private Optional<Clusterer> before = Optional.empty();

    /// @param surveyed images that are compared at most
    Lineage(PipelineName pipeline, int surveyed) {
        this.pipeline = pipeline;
        generations = new int[pipeline.k()];
        gone = new boolean[pipeline.k()];
        whole = (int) Math.min(NEARLY * surveyed, WHOLE * pipeline.k());
    }

    /// Takes what a checkpoint tells, of which an early release wrote nothing.
    ///
    /// @param dead clusters
    void restore(List<Integer> saved, List<Integer> dead) {
        for (int c = 0; c < saved.size(); c++) {
            generations[c] = saved.get(c);
        }
        dead.forEach(c -> gone[c] = true);
    }

    /// The clusters that are dead.
    List<Integer> dead() {
        return IntStream.range(0, gone.length).filter(c -> gone[c]).boxed().toList();
    }

    List<Integer> generations() {
        return Arrays.stream(generations).boxed().toList();
    }

    /// Says how the clusters are now, without a comparison: they are still being found.
    void begin(Clusterer now) {
        before = Optional.of(now);
    }

    /// Compares, and raises the generation of each cluster that is another one now.
    ///
    /// @param had cluster of each image, -1 where it had none
    /// @param has cluster of the same images now
    List<Happening> compare(int[] had, int[] has, Clusterer now) {
        int k = generations.length;
        Overlap overlap = Overlap.of(k, had, has);
        List<Happening> events = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            int past = overlap.had[c];
            // A dead cluster may come back with images that nobody had put anywhere before.
            int present = gone[c] ? overlap.now[c] : overlap.has[c];
            if (past + overlap.now[c] == 0 && !gone[c] && had.length >= whole) {
                // The stream has left it.
                gone[c] = true;
                events.add(event(Kind.DEATH, c, -1, overlap, now));
            }
            if (Math.max(past, present) < EVIDENCE || (overlap.lives(c) && !gone[c])) {
                continue;
            }
            if (past >= EVIDENCE && !gone[c]) {
                int into = overlap.heir(c);
                boolean merged = into >= 0;
                events.add(event(merged ? Kind.MERGE : Kind.DEATH, c, merged ? into : -1, overlap, now));
                gone[c] = true;
            }
            if (present >= EVIDENCE) {
                gone[c] = false;
                generations[c]++;
                int from = overlap.parent(c);
                boolean split = from >= 0;
                events.add(event(split ? Kind.SPLIT : Kind.BIRTH, c, split ? from : -1, overlap, now));
            }
        }
        before = Optional.of(now);
        return events;
    }

    private Happening event(Kind kind, int cluster, int other, Overlap overlap, Clusterer now) {
        Map<String, Object> details = new HashMap<>();
        details.put("cluster", cluster);
        details.put("generation", generations[cluster]);
        details.put("imagesBefore", overlap.had[cluster]);
        details.put("imagesNow", overlap.has[cluster]);
        if (other >= 0) {
            details.put(kind == Kind.MERGE ? "into" : "from", other);
        }
        before.flatMap(clusterer -> clusterer.centre(cluster))
                .ifPresent(centre -> details.put("centreBefore", list(centre)));
        now.centre(cluster).ifPresent(centre -> details.put("centreNow", list(centre)));
        return new Happening(kind, Optional.of(pipeline), details);
    }

    private static List<Float> list(float[] centre) {
        List<Float> list = new ArrayList<>();
        for (float value : centre) {
            list.add(value);
        }
        return list;
    }

    /// How many images went from each cluster to each.
    private static final class Overlap {
        private final int k;
        private final int[] moved;
        private final int[] had;
        private final int[] has;

        /// Images of each cluster, with a past or without.
        private final int[] now;

        private Overlap(int k) {
            this.k = k;
            moved = new int[k * k];
            had = new int[k];
            has = new int[k];
            now = new int[k];
        }

        static Overlap of(int k, int[] had, int[] has) {
            Overlap overlap = new Overlap(k);
            for (int i = 0; i < had.length; i++) {
                overlap.now[has[i]]++;
                if (had[i] >= 0) {
                    overlap.moved[had[i] * k + has[i]]++;
                    overlap.had[had[i]]++;
                    overlap.has[has[i]]++;
                }
            }
            return overlap;
        }

        /// Whether it is what it was, by half of its past or of its present.
        boolean lives(int c) {
            int stayed = moved[c * k + c];
            return stayed > 0 && (2 * stayed >= had[c] || 2 * stayed >= has[c]);
        }

        /// The other cluster that has half of its images, -1 for none.
        int heir(int c) {
            for (int to = 0; to < k; to++) {
                if (to != c && 2 * moved[c * k + to] >= had[c]) {
                    return to;
                }
            }
            return -1;
        }

        /// The other cluster, alive itself, from which half of its images come, -1 for none.
        int parent(int c) {
            for (int from = 0; from < k; from++) {
                if (from != c && 2 * moved[from * k + c] >= has[c] && lives(from)) {
                    return from;
                }
            }
            return -1;
        }
    }
}
