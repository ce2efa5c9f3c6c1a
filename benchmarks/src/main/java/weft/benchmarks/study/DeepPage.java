package weft.benchmarks.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The figures of docs/deep-clustering.md as they grow.
final class DeepPage {
    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    /// Every seed by itself, and the medians.
    void seeds(List<DeepOutcome> outcomes) {
        line("");
        line("### imsat-10, seed by seed");
        line("");
        line(
                "| seed | passes | test | hungarian | NMI | train | prequential | second half | kept, worst | k-means: test "
                        + "| hungarian | mirror agrees: vote | k-means |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int passes : List.of(1, 5)) {
            List<DeepOutcome> some = outcomes.stream()
                    .filter(one -> one.outcome().epochs() == passes)
                    .toList();
            some.forEach(one -> line(row(one)));
            if (!some.isEmpty()) {
                line("| **median** | " + passes + " | " + cells(some) + " |");
            }
        }
    }

    /// The recipe without a part of it.
    void without(String part, List<DeepOutcome> outcomes) {
        line("");
        line("### One pass without " + part);
        table(outcomes);
    }

    /// A stream sorted by class.
    void byClass(List<DeepOutcome> outcomes) {
        line("");
        line("### One pass, sorted by class");
        table(outcomes);
    }

    /// A long tail of classes.
    void longTail(String prior, List<DeepOutcome> outcomes) {
        line("");
        line("### One pass over a long tail of classes, 10 : 1, `--prior " + prior + "`");
        table(outcomes);
    }

    private void table(List<DeepOutcome> outcomes) {
        line("");
        line("| seed | test | hungarian | NMI |");
        line("|---|---|---|---|");
        outcomes.forEach(one ->
                line("| " + one.outcome().seed() + " | " + number(one.outcome().testAccuracy()) + " | "
                        + number(one.testHungarian()) + " | " + number(one.testNmi()) + " |"));
        line("| **median** | " + median(outcomes, one -> one.outcome().testAccuracy()) + " | "
                + median(outcomes, DeepOutcome::testHungarian) + " | " + median(outcomes, DeepOutcome::testNmi) + " |");
    }

    static String row(DeepOutcome one) {
        return "| " + one.outcome().seed() + " | " + one.outcome().epochs() + " | " + cells(List.of(one)) + " |";
    }

    private static String cells(List<DeepOutcome> some) {
        return String.join(
                " | ",
                median(some, one -> one.outcome().testAccuracy()),
                median(some, DeepOutcome::testHungarian),
                median(some, DeepOutcome::testNmi),
                median(some, one -> one.outcome().accuracy()),
                median(some, one -> one.outcome().prequentialAccuracy()),
                median(some, one -> one.outcome().secondHalfAccuracy()),
                median(some, one -> one.outcome().worstKept()),
                median(some, one -> one.consensus().kMeansAccuracy()),
                median(some, one -> one.consensus().kMeansHungarian()),
                median(some, one -> one.consensus().voteAgreement()),
                median(some, one -> one.consensus().kMeansAgreement()));
    }

    private static String median(List<DeepOutcome> outcomes, ToDoubleFunction<DeepOutcome> figure) {
        double[] values = outcomes.stream().mapToDouble(figure).sorted().toArray();
        return number(Arrays.stream(values).skip(values.length / 2).findFirst().orElse(Double.NaN));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^0\\.", ".");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
