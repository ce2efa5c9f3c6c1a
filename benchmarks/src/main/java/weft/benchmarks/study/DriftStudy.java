package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent.Kind;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.LabelledImages;
import weft.trainer.drift.DriftOptions;
import weft.trainer.drift.OnDrift;

/// Measures when drift is noticed and what is made of it, and writes it between the marks of a page.
public final class DriftStudy {
    private static final List<PipelineName> PIPELINES =
            List.of(PipelineName.parse("raw-kmeans-10"), PipelineName.parse("ae-kmeans-10"));
    private static final int AT = 30_000;

    private final LabelledImages data;
    private final MarkedPage marked;
    private final StringBuilder page = new StringBuilder();

    private DriftStudy(LabelledImages data, MarkedPage marked) {
        this.data = data;
        this.marked = marked;
    }

    /// Runs everything.
    ///
    /// @param arguments the page; then, if wanted, the folder of the data set
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: benchmarks/drift-study FILE [DATA]");
            System.exit(2);
        }
        MarkedPage marked = MarkedPage.open("drift-study", Path.of(arguments[0]));
        LabelledImages data =
                arguments.length == 2 ? DataFolder.of(Path.of(arguments[1])).read() : FashionMnist.find();
        new DriftStudy(data, marked).run();
    }

    private void run() throws IOException {
        delays();
        reactions();
        falseAlarms();
    }

    private void delays() throws IOException {
        page.append("""

                Images from a change at image 30,000 until it was told, seeds 1 to 5, each with the first letter of
                the signal that told it:

                | drift | `raw-kmeans-10` | median | `ae-kmeans-10` | median |
                |---|---|---|---|---|
                """);
        delay("`brightness@30000:.6`", _ -> List.of("brightness@30000:.6"));
        delay("`rotate@30000:25`", _ -> List.of("rotate@30000:25"));
        delay("`invert@30000`", _ -> List.of("invert@30000"));
        delay("`without@30000:CLASS`, a class for each seed", seed -> List.of("without@30000:" + classOf(seed)));
        delay(
                "`without@0:CLASS`, `share@30000:CLASS:.1`",
                seed -> List.of("without@0:" + classOf(seed), "share@30000:" + classOf(seed) + ":.1"));
        delay("`brightness@30000+10000:.6`", _ -> List.of("brightness@30000+10000:.6"));
        delay("`rotate@30000+10000:25`", _ -> List.of("rotate@30000+10000:25"));
    }

    private static long classOf(long seed) {
        return 2 * (seed - 1);
    }

    private interface Drifting {
        List<String> drifts(long seed);
    }

    private void delay(String name, Drifting drifting) throws IOException {
        StringBuilder row = new StringBuilder("| " + name + " |");
        for (PipelineName pipeline : PIPELINES) {
            List<String> cells = new ArrayList<>();
            List<Long> delays = new ArrayList<>();
            List<List<DriftTrial.Raised>> found = LongStream.rangeClosed(1, 5)
                    .parallel()
                    .mapToObj(seed -> firstDrift(pipeline, drifting.drifts(seed), seed))
                    .toList();
            for (List<DriftTrial.Raised> raised : found) {
                if (raised.isEmpty()) {
                    cells.add("missed");
                    delays.add(Long.MAX_VALUE);
                } else {
                    long images = raised.getFirst().images() - AT;
                    cells.add(images + " " + raised.getFirst().signal().charAt(0));
                    delays.add(images);
                }
            }
            delays.sort(null);
            row.append(" ")
                    .append(String.join(", ", cells))
                    .append(" | ")
                    .append(delays.get(2))
                    .append(" |");
        }
        page.append(row).append("\n");
        write();
    }

    private List<DriftTrial.Raised> firstDrift(PipelineName pipeline, List<String> drifts, long seed) {
        DriftTrial trial = new DriftTrial(data, pipeline, drifts, 1, seed, DriftOptions.DEFAULTS);
        for (int from = 0; from < trial.size(); from += 64) {
            trial.run(from, Math.min(from + 64, trial.size()));
            List<DriftTrial.Raised> drift = drifts(trial);
            if (!drift.isEmpty()) {
                return drift;
            }
        }
        return List.of();
    }

    private static List<DriftTrial.Raised> drifts(DriftTrial trial) {
        return trial.raised().stream().filter(one -> one.kind() == Kind.DRIFT).toList();
    }

    private void reactions() throws IOException {
        page.append("""

                Accuracy of images 40,000 to 45,000, each judged before it was learnt, after `rotate@30000:25`;
                beside it a model that saw nothing but turned images (`rotate@0:25`), seeds 1 to 5:

                | pipeline | turned alone | report | forget | refit |
                |---|---|---|---|---|
                """);
        for (PipelineName pipeline : PIPELINES) {
            StringBuilder row = new StringBuilder("| `" + pipeline + "` | ");
            row.append(accuracies(pipeline, "rotate@0:25", OnDrift.REPORT));
            for (OnDrift reaction : OnDrift.values()) {
                row.append(" | ").append(accuracies(pipeline, "rotate@30000:25", reaction));
            }
            page.append(row).append(" |\n");
            write();
        }
    }

    private String accuracies(PipelineName pipeline, String drift, OnDrift reaction) {
        List<String> cells = LongStream.rangeClosed(1, 5)
                .parallel()
                .mapToObj(seed -> {
                    DriftTrial trial = new DriftTrial(
                            data, pipeline, List.of(drift), 1, seed, new DriftOptions(1_000_000, reaction));
                    trial.run(0, AT + 10_000);
                    double _ = trial.accuracy();
                    trial.run(AT + 10_000, AT + 15_000);
                    return String.format(Locale.ROOT, "%.3f", trial.accuracy());
                })
                .toList();
        return String.join(" ", cells);
    }

    private void falseAlarms() throws IOException {
        page.append("""

                False alarms in 700,000 shuffled images, ten epochs, which do not change:

                | pipeline | seed 1 | seed 2 | seed 3 |
                |---|---|---|---|
                """);
        for (PipelineName pipeline : PIPELINES) {
            List<String> cells = LongStream.rangeClosed(1, 3)
                    .parallel()
                    .mapToObj(seed -> {
                        DriftTrial trial = new DriftTrial(data, pipeline, List.of(), 10, seed, DriftOptions.DEFAULTS);
                        trial.run(0, trial.size());
                        return Integer.toString(drifts(trial).size());
                    })
                    .toList();
            page.append("| `")
                    .append(pipeline)
                    .append("` | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n");
            write();
        }
    }

    /// After each row, so that what was measured is not lost with the rest.
    private void write() throws IOException {
        marked.write(page.toString());
    }
}
