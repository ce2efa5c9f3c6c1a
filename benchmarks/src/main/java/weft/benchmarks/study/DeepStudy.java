package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weft.core.model.PipelineName;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.DatasetFinder;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.trainer.learn.ModelPlan;

/// Measures what `imsat-10` reaches, seed by seed, and writes it between the marks of a page.
public final class DeepStudy {
    /// None was chosen by what it came to, and none is left out.
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    private static final PipelineName IMSAT = PipelineName.parse("imsat-10");
    private static final String BEGIN = "<!-- figures -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private final LabelledImages data;
    private final DeepPage page = new DeepPage();
    private final Path file;
    private final String before;
    private final String after;

    private DeepStudy(LabelledImages data, Path file, String before, String after) {
        this.data = data;
        this.file = file;
        this.before = before;
        this.after = after;
    }

    /// Runs everything.
    ///
    /// @param arguments the page; then, if wanted, the folder of the data set
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: benchmarks/deep-study FILE [DATA]");
            System.exit(2);
        }
        Path file = Path.of(arguments[0]);
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            System.err.println(
                    "deep-study: " + file + " has no lines '" + BEGIN.strip() + "' and '" + END.strip() + "'");
            System.exit(2);
        }
        Path cache = DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home")));
        LabelledImages data = arguments.length == 2
                ? DataFolder.of(Path.of(arguments[1])).read()
                : DatasetFinder.caching(cache, System.getenv()).find();
        new DeepStudy(data, file, text.substring(0, begin), text.substring(end)).run();
    }

    /// Writes the page after each part, so that what was measured is not lost with the rest.
    private void run() throws IOException {
        page.seeds(outcomes(data, Map.of(), Order.SHUFFLED, Set.of(1, 5)));
        write();
        for (String part : List.of("teaching", "fine", "mixing")) {
            page.without(part, outcomes(data, Map.of("leave-out", part), Order.SHUFFLED, Set.of(1)));
            write();
        }
        page.byClass(outcomes(data, Map.of(), Order.BY_CLASS, Set.of(1)));
        write();
        LabelledImages tail = new LongTail(data);
        for (String prior : List.of("uniform", "estimated")) {
            page.longTail(prior, outcomes(tail, Map.of("prior", prior), Order.SHUFFLED, Set.of(1)));
            write();
        }
    }

    private void write() throws IOException {
        Files.writeString(file, before + page.text() + after);
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
