package weft.benchmarks.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The figures of docs/deep-clustering.md as they grow.
final class DeepPage {
    private static final String HEADING = "### ";

    /// Each table by its heading, in the order in which they were first measured.
    private final Map<String, StringBuilder> tables = new LinkedHashMap<>();

    private StringBuilder table = new StringBuilder();

    /// A page with the tables that there are already; one that is measured again takes the place of the old one.
    static DeepPage of(String text) {
        DeepPage page = new DeepPage();
        text.lines().dropWhile(line -> !line.startsWith(HEADING)).forEach(line -> {
            if (line.startsWith(HEADING)) {
                page.heading(line.substring(HEADING.length()));
            } else if (!line.isBlank()) {
                page.line(line);
            }
        });
        return page;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        tables.forEach((heading, rows) ->
                text.append('\n').append(HEADING).append(heading).append("\n\n").append(rows));
        return text.toString();
    }

    private void heading(String heading) {
        table = new StringBuilder();
        tables.put(heading, table);
    }

    /// Every seed by itself, and the medians.
    void seeds(List<DeepOutcome> outcomes) {
        heading("imsat-10, seed by seed");
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
        heading("One pass without " + part);
        table(outcomes);
    }

    /// A stream sorted by class.
    void byClass(List<DeepOutcome> outcomes) {
        heading("One pass, sorted by class");
        table(outcomes);
    }

    /// The same with a sample of past images.
    void reservoir(List<DeepOutcome> outcomes) {
        heading("One pass, sorted by class, `--reservoir 10000`");
        table(outcomes);
    }

    /// A long tail of classes.
    void longTail(String prior, List<DeepOutcome> outcomes) {
        heading("One pass over a long tail of classes, 10 : 1, `--prior " + prior + "`");
        table(outcomes);
    }

    /// Micro-clusters, every seed by itself.
    void micro(List<Outcome> outcomes) {
        heading("micro-10, one pass, seed by seed");
        line("| seed | train | hungarian | NMI | test | hungarian | NMI | prequential | second half | kept, worst "
                + "| training, images/s |");
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        outcomes.forEach(one -> line("| " + one.seed() + " | " + microCells(List.of(one)) + " |"));
        line("| **median** | " + microCells(outcomes) + " |");
    }

    static String microCells(List<Outcome> some) {
        return String.join(
                " | ",
                median(some, Outcome::accuracy),
                median(some, one -> one.train().accuracyHungarian().orElseThrow()),
                median(some, Outcome::nmi),
                median(some, Outcome::testAccuracy),
                median(some, one -> one.test().accuracyHungarian().orElseThrow()),
                median(some, one -> one.test().nmi().orElseThrow()),
                median(some, Outcome::prequentialAccuracy),
                median(some, Outcome::secondHalfAccuracy),
                median(some, Outcome::worstKept),
                String.format(Locale.ROOT, "%,.0f", middle(some, one -> 60_000 / one.seconds())));
    }

    private void table(List<DeepOutcome> outcomes) {
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

    private static <T> String median(List<T> outcomes, ToDoubleFunction<T> figure) {
        return number(middle(outcomes, figure));
    }

    private static <T> double middle(List<T> outcomes, ToDoubleFunction<T> figure) {
        double[] values = outcomes.stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(values).skip(values.length / 2).findFirst().orElse(Double.NaN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^0\\.", ".");
    }

    private void line(String line) {
        table.append(line).append('\n');
    }
}
