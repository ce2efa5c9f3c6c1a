package weft.trainer.learn;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.wire.Topics;
import weft.trainer.drift.OnDrift;

/// What one model trains and how.
///
/// @param family of the model
/// @param pipelines that live on it, at least one
/// @param shape of the images that it will meet
public record ModelPlan(
        ModelName model,
        ModelFamily family,
        List<PipelineName> pipelines,
        Shape shape,
        TrainingOptions options,
        Recipe recipe) {
    /// From this K on a window of ten thousand images has too few for each cluster.
    private static final int MANY = 64;

    /// The codes of a window, or its images, are held as floats: 128 MiB of them, and no more.
    private static final int WINDOW_VALUES = 32 << 20;

    /// What of a snapshot is not the family's payload.
    private static final int PROVENANCE_BYTES = 64 << 10;

    /// Quantiles and generation of a cluster.
    private static final int FACTS_BYTES = 64;

    public ModelPlan {
        pipelines = List.copyOf(pipelines);
        if (pipelines.isEmpty()) {
            throw new IllegalArgumentException("model " + model + " has no pipeline");
        }
        long clusters = pipelines.stream().mapToLong(PipelineName::k).sum();
        long bytes = recipe.payloadBytes(pipelines) + FACTS_BYTES * clusters + PROVENANCE_BYTES;
        if (bytes > Topics.SNAPSHOT_BYTES) {
            throw new IllegalArgumentException("a snapshot of model " + model + " would have about " + bytes
                    + " bytes, more than the " + Topics.SNAPSHOT_BYTES + " that the models topic takes: fewer layers, "
                    + "smaller K, fewer pipelines or smaller images");
        }
    }

    /// How many of the last images the clusterers are fitted to.
    int window() {
        int wanted = fewestImages() < MANY ? 10_000 : 20_000;
        int most = WINDOW_VALUES / Math.max(shape.values(), recipe.codeSize());
        return Math.max(options.batch(), Math.min(wanted, most));
    }

    /// The fewest training images from which every clusterer can start.
    public int fewestImages() {
        return pipelines.stream().mapToInt(PipelineName::k).max().orElseThrow();
    }

    /// Everything that the result depends on, by name; it goes into every snapshot.
    SortedMap<String, String> hyperparameters() {
        SortedMap<String, String> map = new TreeMap<>(recipe.hyperparameters());
        map.put("pipelines", pipelines.stream().map(PipelineName::toString).collect(Collectors.joining(",")));
        map.put("batch", Integer.toString(options.batch()));
        map.put("publish.every", Integer.toString(options.publishEvery()));
        map.put("window", Integer.toString(window()));
        if (options.drift().onDrift() != OnDrift.REPORT) {
            // A report changes nothing in what is learnt.
            map.put("on.drift", options.drift().onDrift().id());
            map.put("drift.false.alarm.every", Long.toString(options.drift().falseAlarmEvery()));
        }
        return map;
    }

    /// Names the plan, so that a checkpoint of another one is recognised; the shape has a field of its own there.
    String fingerprint() {
        return model + " seed=" + options.seed() + " " + hyperparameters();
    }
}
