package weft.trainer.imsat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily.Configured;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.Recipe;

/// What a user may choose of a committee.
///
/// @param prior of the clusters' sizes
/// @param leftOut parts of the recipe that are not there
/// @param reservoir images of the past that are kept and learnt from again, 0 for none
record ImsatOptions(Prior prior, List<Part> leftOut, int reservoir, long seed) implements Configured {
    /// What a reservoir may hold in a checkpoint.
    private static final int MOST_BYTES = 8 << 20;

    static final List<FamilyOption> ALL = List.of(
            new FamilyOption(
                    "prior",
                    "NAME",
                    "uniform",
                    "Of imsat: how large clusters are assumed to be, uniform or estimated "
                            + "(default: ${DEFAULT-VALUE})"),
            new FamilyOption(
                    "leave-out",
                    "PARTS",
                    "",
                    "Of imsat: parts of the recipe to train without, to see what they give: teaching, fine, mixing, "
                            + "with commas"),
            new FamilyOption(
                    "reservoir",
                    "COUNT",
                    "0",
                    "Of imsat: images of the past that are kept, a uniform sample, and make up half of what is learnt "
                            + "from; for a stream that comes sorted, 0 for none (default: ${DEFAULT-VALUE})"));

    ImsatOptions {
        leftOut = List.copyOf(leftOut);
    }

    static ImsatOptions read(OptionValues values, long seed) {
        List<Part> leftOut = new ArrayList<>();
        String text = values.text("leave-out");
        for (String name : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            leftOut.add(new OptionValues(Map.of("leave-out", name)).word("leave-out", List.of(Part.values())));
        }
        long reservoir = values.whole("reservoir");
        if (reservoir < 0 || reservoir > MOST_BYTES) {
            throw new IllegalArgumentException("--reservoir must be 0 to " + MOST_BYTES + ", not " + reservoir);
        }
        return new ImsatOptions(values.word("prior", List.of(Prior.values())), leftOut, (int) reservoir, seed);
    }

    boolean has(Part part) {
        return !leftOut.contains(part);
    }

    @Override
    public Recipe on(Shape shape, List<PipelineName> pipelines) {
        PipelineName pipeline = pipelines.getFirst();
        if (!(shape instanceof Shape.Image image)) {
            throw new IllegalArgumentException("pipeline " + pipeline + " needs images, not vectors of "
                    + shape.values() + " values: it learns from images that are turned, moved and mirrored");
        }
        if (pipelines.size() > 1) {
            throw new IllegalArgumentException("a run of family imsat has one K, not "
                    + pipelines.stream().map(PipelineName::toString).collect(Collectors.joining(" and "))
                    + ": name a run for each, as imsat-" + pipelines.getLast().k() + "@b");
        }
        if ((long) reservoir * image.values() > MOST_BYTES) {
            throw new IllegalArgumentException("--reservoir must be at most " + MOST_BYTES / image.values()
                    + " for images of " + image + ", not " + reservoir);
        }
        return new ImsatRecipe(image, pipeline.k(), this);
    }

    /// All but the seed, for the provenance.
    Map<String, String> hyperparameters() {
        Map<String, String> map = new HashMap<>();
        map.put("replicas", Integer.toString(Committee.REPLICAS));
        map.put("images.of.a.step", Integer.toString(Committee.IMAGES));
        map.put("prior", prior.name().toLowerCase(Locale.ROOT));
        map.put(
                "left.out",
                leftOut.stream()
                        .map(part -> part.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(",")));
        if (reservoir > 0) {
            // Trainings without one go on from checkpoints of releases that knew none.
            map.put("reservoir", Integer.toString(reservoir));
        }
        return map;
    }
}
