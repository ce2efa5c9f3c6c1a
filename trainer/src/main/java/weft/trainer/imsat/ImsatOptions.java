package weft.trainer.imsat;

import java.util.ArrayList;
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
record ImsatOptions(Prior prior, List<Part> leftOut, long seed) implements Configured {
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
                            + "with commas"));

    ImsatOptions {
        leftOut = List.copyOf(leftOut);
    }

    static ImsatOptions read(OptionValues values, long seed) {
        List<Part> leftOut = new ArrayList<>();
        String text = values.text("leave-out");
        for (String name : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            leftOut.add(new OptionValues(Map.of("leave-out", name)).word("leave-out", List.of(Part.values())));
        }
        return new ImsatOptions(values.word("prior", List.of(Prior.values())), leftOut, seed);
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
        return new ImsatRecipe(image, pipeline.k(), this);
    }

    /// All but the seed, for the provenance.
    Map<String, String> hyperparameters() {
        return Map.of(
                "replicas",
                Integer.toString(Committee.REPLICAS),
                "images.of.a.step",
                Integer.toString(Committee.IMAGES),
                "prior",
                prior.name().toLowerCase(Locale.ROOT),
                "left.out",
                leftOut.stream()
                        .map(part -> part.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(",")));
    }
}
