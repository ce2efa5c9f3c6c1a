package weft.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Assigns many images at once with one snapshot on one thread; each gets what [SnapshotPass] would give it.
///
/// Weights and centroids are read once for several images, which is what scoring costs most.
public final class BlockPass {
    private static final int MOST_IMAGES = 256;

    /// Of the images of a block, so that a block of large ones stays small.
    private static final int MOST_VALUES = 1 << 18;

    private final int inputs;
    private final int codeSize;
    private final Encoder.Pass encoder;
    private final List<PipelineName> pipelines = new ArrayList<>();
    private final List<Clusterer.Pass> clusterers = new ArrayList<>();
    private final float[] codes;
    private final int[] clusters;
    private final float[] objectives;

    /// For those pipelines of the snapshot that are wanted.
    public BlockPass(Snapshot snapshot, Predicate<PipelineName> wanted) {
        Model model = snapshot.model();
        inputs = model.encoder().inputs();
        codeSize = model.encoder().codeSize();
        encoder = model.encoder().pass();
        model.clusterers().forEach((pipeline, clusterer) -> {
            if (wanted.test(pipeline)) {
                pipelines.add(pipeline);
                clusterers.add(clusterer.pass());
            }
        });
        int most = images(inputs);
        codes = new float[most * codeSize];
        clusters = new int[most];
        objectives = new float[most];
    }

    /// The most images of a block.
    ///
    /// @param inputs length of an image
    public static int images(int inputs) {
        return Math.clamp(MOST_VALUES / inputs, 1, MOST_IMAGES);
    }

    /// Takes the assignments of one pipeline.
    public interface Visitor {
        /// Called once for each pipeline, in their order.
        ///
        /// @param clusters of the block's images, in a buffer that the next call overwrites
        /// @param objectives as [Clusterer.Pass#objective], in such a buffer, too
        void assigned(PipelineName pipeline, int[] clusters, float[] objectives);
    }

    /// Encodes a block and assigns it in every pipeline.
    ///
    /// @param pixels values of `n` images from 0 to 1, one image after the other
    /// @param n at most [#images]
    public void score(float[] pixels, int n, Visitor visitor) {
        encoder.encode(pixels, inputs, n, codes);
        for (int i = 0; i < clusterers.size(); i++) {
            clusterers.get(i).assign(codes, codeSize, n, clusters, objectives);
            visitor.assigned(pipelines.get(i), clusters, objectives);
        }
    }
}
