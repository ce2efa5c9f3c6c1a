package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.standalone.Families;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

/// The same pipelines trained once with each seed.
final class Trial {
    /// The seeds of every trial; none was chosen by what it came to.
    static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private final List<Outcome> outcomes;

    private Trial(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /// Trains with every seed, several at a time.
    ///
    /// @param given options of the families that are not the defaults
    /// @param epochs after which passes to evaluate
    static Trial run(
            LabelledImages data,
            Collection<PipelineName> pipelines,
            Map<String, String> given,
            Order order,
            Set<Integer> epochs) {
        return new Trial(SEEDS.parallelStream()
                .flatMap(seed -> {
                    List<Outcome> found = new ArrayList<>();
                    for (ModelPlan plan : plans(pipelines, given, seed)) {
                        found.addAll(Training.run(data, plan, order, epochs));
                    }
                    return found.stream();
                })
                .toList());
    }

    static List<ModelPlan> plans(Collection<PipelineName> pipelines, Map<String, String> given, long seed) {
        List<FamilyOption> options = Families.ALL.stream()
                .flatMap(family -> family.options().stream())
                .toList();
        return new Trainings(
                        List.copyOf(pipelines),
                        Families.ALL,
                        TrainingOptions.defaults(seed),
                        OptionValues.of(options, given))
                .plans(new Shape.Image(28, 28, 1));
    }

    /// Outcomes of one pipeline after so many passes, in the order of seeds.
    List<Outcome> of(PipelineName pipeline, int epochs) {
        return outcomes.stream()
                .filter(outcome -> outcome.pipeline().equals(pipeline) && outcome.epochs() == epochs)
                .sorted((a, b) -> Long.compare(a.seed(), b.seed()))
                .toList();
    }

    double median(PipelineName pipeline, int epochs, ToDoubleFunction<Outcome> figure) {
        return sorted(pipeline, epochs, figure)[SEEDS.size() / 2];
    }

    /// `median [least–most]` with so many decimals.
    String spread(PipelineName pipeline, int epochs, int decimals, ToDoubleFunction<Outcome> figure) {
        double[] values = sorted(pipeline, epochs, figure);
        String format = "%." + decimals + "f";
        return String.format(
                Locale.ROOT,
                format + " [" + format + "–" + format + "]",
                values[values.length / 2],
                values[0],
                values[values.length - 1]);
    }

    private double[] sorted(PipelineName pipeline, int epochs, ToDoubleFunction<Outcome> figure) {
        double[] values = of(pipeline, epochs).stream().mapToDouble(figure).toArray();
        Arrays.sort(values);
        return values;
    }
}
