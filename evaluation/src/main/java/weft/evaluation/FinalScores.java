package weft.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import weft.core.image.LabelIndex;
import weft.core.image.LabelledImage;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.model.BlockPass;
import weft.core.model.Clusterer;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.evaluation.Report.SplitFigures;

/// What fixed models make of every image, each image counted once however many epochs it came in.
///
/// Images are scored in blocks, by several models at the same time.
public final class FinalScores {
    private final LabelIndex labels;
    private final List<BlockPass> passes = new ArrayList<>();
    private final Map<PipelineName, Map<Split, SplitTally>> tallies = new HashMap<>();
    private final Map<PipelineName, Clusterer> clusterers = new HashMap<>();
    private final int inputs;
    private final float[] block;
    private final List<Split> splits = new ArrayList<>();
    private final List<OptionalInt> numbers = new ArrayList<>();

    /// Nothing counted yet.
    ///
    /// @param labels numbers the labels
    /// @param models all of images of the same shape
    public FinalScores(LabelIndex labels, Map<String, Snapshot> models, Predicate<PipelineName> wanted) {
        this.labels = labels;
        for (Snapshot snapshot : models.values()) {
            Model model = snapshot.model();
            model.clusterers().forEach((pipeline, clusterer) -> {
                if (wanted.test(pipeline)) {
                    clusterers.put(pipeline, clusterer);
                    tallies.put(
                            pipeline,
                            Map.of(
                                    Split.TRAIN, new SplitTally(pipeline.k()),
                                    Split.TEST, new SplitTally(pipeline.k())));
                }
            });
            if (model.clusterers().keySet().stream().anyMatch(wanted)) {
                passes.add(new BlockPass(model, wanted));
            }
        }
        inputs = models.values().stream()
                .mapToInt(snapshot -> snapshot.model().shape().values())
                .findFirst()
                .orElse(0);
        block = new float[BlockPass.IMAGES * inputs];
    }

    /// Scores an image with every model.
    ///
    /// @param pixels values from 0 to 1
    public void add(LabelledImage image, float[] pixels) {
        if (passes.isEmpty() || image.image().epoch() > 0) {
            return;
        }
        System.arraycopy(pixels, 0, block, splits.size() * inputs, inputs);
        splits.add(image.image().split());
        numbers.add(labels.of(image.label()));
        if (splits.size() == BlockPass.IMAGES) {
            scoreBlock();
        }
    }

    /// Pipelines of different models have tallies of their own.
    private void scoreBlock() {
        int n = splits.size();
        if (n == 0) {
            return;
        }
        passes.parallelStream()
                .forEach(pass -> pass.score(block, n, (pipeline, clusters, objectives) -> {
                    for (int i = 0; i < n; i++) {
                        tally(pipeline, splits.get(i)).add(clusters[i], numbers.get(i), objectives[i]);
                    }
                }));
        splits.clear();
        numbers.clear();
    }

    /// Whether a pipeline is among the models and wanted.
    public boolean has(PipelineName pipeline) {
        return clusterers.containsKey(pipeline);
    }

    /// The figures of a pipeline that it [#has]; clusters stand for the classes that the train split gives
    /// them.
    SplitFigures figures(PipelineName pipeline, Split split) {
        scoreBlock();
        ContingencyTable classes = tally(pipeline, Split.TRAIN).table();
        return tally(pipeline, split).figures(classes, Objects.requireNonNull(clusterers.get(pipeline)));
    }

    /// Labelled images of a split by cluster and class, of a pipeline that it [#has].
    public ContingencyTable table(PipelineName pipeline, Split split) {
        scoreBlock();
        return tally(pipeline, split).table().resized(Math.max(1, labels.names().size()));
    }

    private SplitTally tally(PipelineName pipeline, Split split) {
        return Objects.requireNonNull(
                Objects.requireNonNull(tallies.get(pipeline)).get(split));
    }
}
