package weft.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Assigns many images at once with one model, by one thread at a time; each gets what [SnapshotPass] would give it,
/// its objective as a float.
///
/// Weights and centroids are read once for several images: reading them is what scoring one costs most.
public final class BlockPass {
    /// The most images of a block.
    public static final int IMAGES = 64;

    private final int inputs;
    private final int codeSize;
    private final Encoder.Pass encoder;
    private final List<PipelineName> pipelines = new ArrayList<>();
    private final List<Clusterer.Pass> clusterers = new ArrayList<>();
    private final float[] codes;
    private final int[] clusters = new int[IMAGES];
    private final float[] objectives = new float[IMAGES];

    /// For those of the model's pipelines that are wanted.
    public BlockPass(Model model, Predicate<PipelineName> wanted) {
        inputs = model.encoder().inputs();
        codeSize = model.encoder().codeSize();
        encoder = model.encoder().pass();
        model.clusterers().forEach((pipeline, clusterer) -> {
            if (wanted.test(pipeline)) {
                pipelines.add(pipeline);
                clusterers.add(clusterer.pass());
            }
        });
        codes = new float[IMAGES * codeSize];
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
    /// @param n at most [#IMAGES]
    public void score(float[] pixels, int n, Visitor visitor) {
        encoder.encode(pixels, inputs, n, codes);
        for (int i = 0; i < clusterers.size(); i++) {
            clusterers.get(i).assign(codes, codeSize, n, clusters, objectives);
            visitor.assigned(pipelines.get(i), clusters, objectives);
        }
    }
}
