package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import weft.core.model.PipelineName;
import weft.producer.dataset.Dataset;
import weft.producer.replay.Order;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.TrainingOptions;

/// The same pipelines trained once with each seed.
final class Trial {
    /// The seeds of every trial; none was chosen by what it came to.
    static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private final List<Outcome> outcomes;

    private Trial(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /// Chooses the options for a seed.
    interface Options {
        TrainingOptions of(long seed);
    }

    /// Trains with every seed, several at a time.
    ///
    /// @param epochs after which passes to evaluate
    static Trial run(
            Dataset data, Collection<PipelineName> pipelines, Options options, Order order, Set<Integer> epochs) {
        return new Trial(SEEDS.parallelStream()
                .flatMap(seed -> {
                    List<Outcome> found = new ArrayList<>();
                    for (ModelPlan plan : ModelPlan.of(List.copyOf(pipelines), options.of(seed))) {
                        found.addAll(Training.run(data, plan, order, epochs));
                    }
                    return found.stream();
                })
                .toList());
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
