package weft.trainer.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.trainer.cluster.Follow;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily.Configured;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Recipe;

/// What a user may choose of an autoencoder; the defaults are what was measured best.
///
/// @param layers sizes from the image to the code; empty for the shape's own size and [#CODE]
/// @param follow how clusterers keep up with an encoder that learns
/// @param normaliseCodes whether k-means scales codes to length 1
record AutoencoderOptions(
        List<Integer> layers,
        Optimiser optimiser,
        double learningRate,
        long halfLife,
        double noise,
        Follow follow,
        boolean normaliseCodes,
        long seed)
        implements Configured {
    /// Values of a code where nobody says.
    private static final int CODE = 32;

    static final List<FamilyOption> ALL = List.of(
            new FamilyOption(
                    "layers",
                    "N",
                    "",
                    "Layers of the encoder, from the image to the code (default: VALUES-" + CODE + ")"),
            new FamilyOption("optimiser", "NAME", "adam", "adam or adadelta (default: ${DEFAULT-VALUE})"),
            new FamilyOption("learning-rate", "RATE", "0.002", "Of the optimiser (default: ${DEFAULT-VALUE})"),
            new FamilyOption(
                    "learning-rate-half-life",
                    "STEPS",
                    "0",
                    "Mini-batches after which the learning rate has halved, down to a hundredth; "
                            + "0: it stays (default: ${DEFAULT-VALUE})"),
            new FamilyOption(
                    "noise",
                    "SHARE",
                    "0",
                    "Denoising: the share of values put out before an image is encoded (default: ${DEFAULT-VALUE})"),
            new FamilyOption(
                    "follow",
                    "HOW",
                    "transport",
                    "How clusters keep up with the autoencoder: transport, decay or refit "
                            + "(default: ${DEFAULT-VALUE})"),
            new FamilyOption("normalise-codes", "", "false", "Scale codes to length 1 before k-means"));

    AutoencoderOptions {
        layers = List.copyOf(layers);
        // What the settings refuse they refuse at once, whatever the shape will be.
        settings(layers.isEmpty() ? List.of(1, CODE) : layers, optimiser, learningRate, halfLife, noise, seed);
    }

    static AutoencoderOptions read(OptionValues values, long seed) {
        return new AutoencoderOptions(
                layers(values.text("layers")),
                values.word("optimiser", List.of(Optimiser.values())),
                values.number("learning-rate"),
                values.whole("learning-rate-half-life"),
                values.number("noise"),
                // Still is for codes that never change, and these do.
                values.word("follow", List.of(Follow.TRANSPORT, Follow.DECAY, Follow.REFIT)),
                values.flag("normalise-codes"),
                seed);
    }

    private static List<Integer> layers(String text) {
        List<Integer> layers = new ArrayList<>();
        try {
            for (String size : text.isEmpty() ? new String[0] : text.split("-", -1)) {
                layers.add(Integer.parseInt(size));
            }
        } catch (NumberFormatException fault) {
            throw new IllegalArgumentException(
                    "--layers must be whole numbers with dashes, as 784-32, not '" + text + "'", fault);
        }
        return layers;
    }

    @Override
    public Recipe on(Shape shape, List<PipelineName> pipelines) {
        List<Integer> sizes = layers.isEmpty() ? List.of(shape.values(), CODE) : layers;
        if (sizes.getFirst() != shape.values()) {
            throw new IllegalArgumentException("--layers must start with the " + shape.values()
                    + " values of an image, not with " + sizes.getFirst());
        }
        return new AutoencoderRecipe(
                this, settings(sizes, optimiser, learningRate, halfLife, noise, seed), shape instanceof Shape.Vector);
    }

    private static AutoencoderSettings settings(
            List<Integer> layers, Optimiser optimiser, double learningRate, long halfLife, double noise, long seed) {
        return new AutoencoderSettings(layers, optimiser, learningRate, halfLife, noise, seed);
    }

    /// All but the seed, for the provenance.
    Map<String, String> hyperparameters(AutoencoderSettings settings) {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("layers", settings.layers().stream().map(String::valueOf).collect(Collectors.joining("-")));
        map.put("optimiser", optimiser.name().toLowerCase(Locale.ROOT));
        map.put("learning.rate", Double.toString(learningRate));
        map.put("learning.rate.half.life", Long.toString(halfLife));
        map.put("noise", Double.toString(noise));
        map.put("follow", follow.name().toLowerCase(Locale.ROOT));
        map.put("normalised", Boolean.toString(normaliseCodes));
        return map;
    }
}
