package weft.trainer.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import weft.core.image.Pixels;
import weft.core.model.PipelineName;
import weft.core.model.PipelineName.Algorithm;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.cluster.Follow;

/// What one model trains and how.
///
/// @param model `raw` or `ae`
/// @param pipelines that live on it, at least one
public record ModelPlan(String model, List<PipelineName> pipelines, TrainingOptions options) {
    /// From this K on a window of ten thousand images has too few for each cluster.
    private static final int MANY = 64;

    public ModelPlan {
        pipelines = List.copyOf(pipelines);
        if (pipelines.isEmpty()) {
            throw new IllegalArgumentException("model " + model + " has no pipeline");
        }
    }

    /// The plans for a list of pipelines, one for each model that they need.
    public static List<ModelPlan> of(List<PipelineName> pipelines, TrainingOptions options) {
        Map<String, List<PipelineName>> byModel = new LinkedHashMap<>();
        for (PipelineName pipeline : new LinkedHashSet<>(pipelines)) {
            byModel.computeIfAbsent(pipeline.model(), _ -> new ArrayList<>()).add(pipeline);
        }
        return byModel.entrySet().stream()
                .map(entry -> new ModelPlan(entry.getKey(), entry.getValue(), options))
                .toList();
    }

    /// Whether it trains a network.
    public boolean hasNetwork() {
        return model.equals("ae");
    }

    Follow follow() {
        return hasNetwork() ? options.follow() : Follow.STILL;
    }

    int codeSize() {
        return hasNetwork() ? options.autoencoder().codeSize() : Pixels.COUNT;
    }

    /// How many of the last images the clusterers are fitted to.
    int window() {
        return pipelines.stream().mapToInt(PipelineName::k).max().orElseThrow() < MANY ? 10_000 : 20_000;
    }

    /// The fewest training images from which every clusterer can start.
    public int fewestImages() {
        return pipelines.stream().mapToInt(PipelineName::k).max().orElseThrow();
    }

    /// Everything that the result depends on, by name; it goes into every snapshot.
    SortedMap<String, String> hyperparameters() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("pipelines", pipelines.stream().map(PipelineName::toString).collect(Collectors.joining(",")));
        map.put("batch", Integer.toString(options.batch()));
        map.put("publish.every", Integer.toString(options.publishEvery()));
        map.put("window", Integer.toString(window()));
        if (hasNetwork()) {
            AutoencoderSettings autoencoder = options.autoencoder();
            map.put("layers", autoencoder.layers().stream().map(String::valueOf).collect(Collectors.joining("-")));
            map.put("optimiser", autoencoder.optimiser().name().toLowerCase(Locale.ROOT));
            map.put("learning.rate", Double.toString(autoencoder.learningRate()));
            map.put("learning.rate.half.life", Long.toString(autoencoder.halfLife()));
            map.put("noise", Double.toString(autoencoder.noise()));
            map.put("follow", options.follow().name().toLowerCase(Locale.ROOT));
            map.put("normalised", Boolean.toString(normalised(Algorithm.KMEANS)));
        }
        return map;
    }

    boolean normalised(Algorithm algorithm) {
        return hasNetwork() && algorithm == Algorithm.KMEANS && options.normaliseCodes();
    }

    /// Names the plan, so that a checkpoint of another one is recognised.
    String fingerprint() {
        return model + " seed=" + options.seed() + " " + hyperparameters();
    }
}
