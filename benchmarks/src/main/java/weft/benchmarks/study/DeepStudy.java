package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import weft.core.model.PipelineName;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.trainer.learn.ModelPlan;

/// Measures what `imsat-10` and `micro-10` reach, seed by seed, and writes it between the marks of a page.
public final class DeepStudy {
    /// None was chosen by what it came to, and none is left out.
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    private static final PipelineName IMSAT = PipelineName.parse("imsat-10");
    private static final PipelineName MICRO = PipelineName.parse("micro-10");

    /// The tables of the page, by the word that asks for one, in its order.
    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("seeds", (data, page) -> page.seeds(outcomes(data, Map.of(), Order.SHUFFLED, Set.of(1, 5))));
        for (String part : List.of("teaching", "fine", "mixing")) {
            PARTS.put(
                    part,
                    (data, page) ->
                            page.without(part, outcomes(data, Map.of("leave-out", part), Order.SHUFFLED, Set.of(1))));
        }
        PARTS.put("by-class", (data, page) -> page.byClass(outcomes(data, Map.of(), Order.BY_CLASS, Set.of(1))));
        PARTS.put(
                "reservoir",
                (data, page) ->
                        page.reservoir(outcomes(data, Map.of("reservoir", "10000"), Order.BY_CLASS, Set.of(1))));
        for (String prior : List.of("uniform", "estimated")) {
            PARTS.put(
                    "long-tail-" + prior,
                    (data, page) -> page.longTail(
                            prior, outcomes(new LongTail(data), Map.of("prior", prior), Order.SHUFFLED, Set.of(1))));
        }
        PARTS.put("micro", (data, page) -> page.micro(micro(data)));
    }

    private DeepStudy() {}

    /// Measures a table and puts it on the page.
    private interface Part {
        void measure(LabelledImages data, DeepPage page);
    }

    /// Runs what is asked for, or everything.
    ///
    /// @param arguments the page, then the words of the tables
    public static void main(String[] arguments) throws IOException {
        List<String> parts = Arrays.stream(arguments).skip(1).toList();
        if (arguments.length < 1 || !PARTS.keySet().containsAll(parts)) {
            System.err.println("usage: benchmarks/deep-study FILE [PART...], PART one of " + PARTS.keySet());
            System.exit(2);
        }
        MarkedPage marked = MarkedPage.open("deep-study", Path.of(arguments[0]));
        LabelledImages data = FashionMnist.find();
        DeepPage page = DeepPage.of(marked.figures());
        for (String part : parts.isEmpty() ? PARTS.keySet() : parts) {
            Objects.requireNonNull(PARTS.get(part)).measure(data, page);
            // What was measured is not lost with the rest.
            marked.write(page.text());
        }
    }

    /// One after the other, so that the seconds are those of one thread.
    private static List<Outcome> micro(LabelledImages data) {
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed : SEEDS) {
            ModelPlan plan = Trial.plans(List.of(MICRO), Map.of(), seed).getFirst();
            Outcome one = Training.run(data, plan, Order.SHUFFLED, Set.of(1)).getFirst();
            System.err.println("deep-study: micro | " + seed + " | " + DeepPage.microCells(List.of(one)) + " |");
            outcomes.add(one);
        }
        return outcomes;
    }

    private static List<DeepOutcome> outcomes(
            LabelledImages data, Map<String, String> given, Order order, Set<Integer> epochs) {
        return SEEDS.parallelStream()
                .flatMap(seed -> {
                    ModelPlan plan = Trial.plans(List.of(IMSAT), given, seed).getFirst();
                    List<Consensus.Figures> consensus = new ArrayList<>();
                    List<Outcome> outcomes = Training.run(
                            data,
                            plan,
                            order,
                            epochs,
                            (snapshot, _) -> consensus.add(Consensus.of(data, snapshot, IMSAT, seed)));
                    List<DeepOutcome> both = new ArrayList<>();
                    for (int i = 0; i < outcomes.size(); i++) {
                        DeepOutcome one = new DeepOutcome(outcomes.get(i), consensus.get(i));
                        System.err.println("deep-study: " + given + " " + order + " " + DeepPage.row(one));
                        both.add(one);
                    }
                    return both.stream();
                })
                .toList();
    }
}
