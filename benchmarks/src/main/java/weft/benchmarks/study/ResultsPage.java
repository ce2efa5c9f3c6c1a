package weft.benchmarks.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import weft.core.model.PipelineName;
import weft.evaluation.StudyFigures;
import weft.trainer.cluster.Follow;

/// docs/results.md as it grows.
final class ResultsPage {
    private static final int COLUMNS = 100;

    private final StringBuilder text = new StringBuilder();

    ResultsPage() {
        line("# Results");
        line("");
        line("Written by `benchmarks/study docs/results.md`, which trains by the trainers' own code on the replay of");
        line("Fashion-MNIST as it would stand on a topic of one partition, in memory: the snapshots are those of");
        line(
                "`./weft up --once --seed N --epochs E`, without the broker's time. Every figure is the median of the seeds "
                        + Trial.SEEDS.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ",");
        line("with the least and the most in brackets. They repeat on the same kind of machine; another vector width");
        line("rounds otherwise, and K = 10 accuracy in particular is a matter of luck.");
        line("");
        line(
                "*train*: all 60,000 train images by the final model, which has learnt from them. *test*: the 10,000 test");
        line(
                "images, which no training sees, with the classes that the train split gave the clusters. *prequential*: train");
        line(
                "images of the first pass, each judged by the newest snapshot from before it. *second half*: the same for the");
        line(
                "last 30,000 alone. *kept*: the share of a probe of 2,000 test images that keeps its cluster from one snapshot");
        line(
                "to the next, after the first 20,000 images: the worst pair of snapshots, and the median pair. Labels score");
        line("and do nothing else.");
    }

    /// Markdown whose paragraphs are wrapped.
    String text() {
        return Arrays.stream(text.toString().strip().split("\n\n", -1))
                        .map(part -> part.startsWith("|") || part.startsWith("#") ? part : wrapped(part))
                        .collect(Collectors.joining("\n\n"))
                + "\n";
    }

    private static String wrapped(String paragraph) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : paragraph.split("\\s+", -1)) {
            if (column > 0 && column + 1 + word.length() > COLUMNS) {
                lines.append('\n');
                column = 0;
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }

    void defaults(Trial trial) {
        line("");
        line("## The three pipelines of `./weft up`");
        line("");
        line(
                "| pipeline | passes | train | test | second half | prequential | homogeneity | NMI | kept, worst | kept, median |");
        line("|---|---|---|---|---|---|---|---|---|---|");
        for (PipelineName pipeline : List.of(Study.RAW, Study.AE, Study.GMM)) {
            for (int epochs : List.of(1, 5)) {
                row(
                        pipeline.toString(),
                        Integer.toString(epochs),
                        trial.spread(pipeline, epochs, 3, Outcome::accuracy),
                        trial.spread(pipeline, epochs, 3, Outcome::testAccuracy),
                        trial.spread(pipeline, epochs, 3, Outcome::secondHalfAccuracy),
                        trial.spread(pipeline, epochs, 3, Outcome::prequentialAccuracy),
                        trial.spread(pipeline, epochs, 3, Outcome::homogeneity),
                        trial.spread(pipeline, epochs, 3, Outcome::nmi),
                        trial.spread(pipeline, epochs, 3, Outcome::worstKept),
                        trial.spread(pipeline, epochs, 3, Outcome::medianKept));
            }
        }
        line("");
        line("Validation loss of the autoencoder, binary cross-entropy of a pixel over the test split: "
                + trial.spread(Study.AE, 1, 4, Outcome::validationLoss) + " after one pass, "
                + trial.spread(Study.AE, 5, 4, Outcome::validationLoss) + " after five (batch study, 50 epochs: "
                + format(StudyFigures.VALIDATION_LOSS, 4) + ").");
        line("Log-likelihood of the mixture, nats an image: " + trial.spread(Study.GMM, 1, 2, Outcome::logLikelihood)
                + " and " + trial.spread(Study.GMM, 5, 2, Outcome::logLikelihood)
                + "; each in the space of its own codes.");
    }

    void everyK(Trial trial, Map<Integer, Double> batchInertia) {
        line("");
        line("## Every K");
        line("");
        line(
                "All in one run: pipelines of one model share its encoder and its window, so a K of 64 or more beside them");
        line(
                "(window 20,000, not 10,000) moves the figures of the small ones a little. *÷ batch* is the inertia against");
        line(
                "the best of three batch runs of k-means on all train images (greedy k-means++, Lloyd until nothing moves).");
        for (int epochs : List.of(1, 5)) {
            line("");
            line(epochs == 1 ? "One pass:" : "Five passes:");
            line("");
            line(
                    "| pipeline | train | batch study | test | homogeneity | batch study | inertia ÷ batch | kept, worst |");
            line("|---|---|---|---|---|---|---|---|");
            for (String prefix : List.of("raw-kmeans-", "ae-kmeans-")) {
                for (int k : Study.MANY_K) {
                    PipelineName pipeline = PipelineName.parse(prefix + k);
                    everyKRow(trial, pipeline, epochs, Optional.ofNullable(batchInertia.get(k)));
                }
            }
            everyKRow(trial, Study.GMM, epochs, Optional.empty());
            everyKRow(trial, Study.GMM_64, epochs, Optional.empty());
        }
    }

    private void everyKRow(Trial trial, PipelineName pipeline, int epochs, Optional<Double> batchInertia) {
        Optional<StudyFigures.Figures> study = StudyFigures.of(pipeline.toString());
        boolean pixels = pipeline.family().equals(Study.RAW.family());
        row(
                pipeline.toString(),
                trial.spread(pipeline, epochs, 3, Outcome::accuracy),
                study.map(figures -> format(figures.accuracy(), 3)).orElse(""),
                trial.spread(pipeline, epochs, 3, Outcome::testAccuracy),
                trial.spread(pipeline, epochs, 3, Outcome::homogeneity),
                study.filter(figures -> !Double.isNaN(figures.homogeneity()))
                        .map(figures -> format(figures.homogeneity(), 3))
                        .orElse(""),
                batchInertia
                        .filter(_ -> pixels)
                        .map(batch -> trial.spread(pipeline, epochs, 4, outcome -> outcome.inertia() / batch))
                        .orElse(""),
                trial.spread(pipeline, epochs, 3, Outcome::worstKept));
    }

    void followedHead() {
        line("");
        line("## How clusters keep up with an encoder that learns");
        line("");
        line(
                "`--follow`, one pass. *transport* encodes the window anew at milestones and makes every centroid the mean");
        line(
                "of its members' new codes; *decay* only forgets fast (a memory of 2,000 images); *refit* clusters the window");
        line("from scratch, ids matched on common images. The mixture learns by stepwise EM in the first two.");
        line("");
        line("| `--follow` | pipeline | train | second half | inertia | kept, worst | kept, median | training, s |");
        line("|---|---|---|---|---|---|---|---|");
    }

    void followed(Follow follow, Trial trial) {
        for (PipelineName pipeline : List.of(Study.AE, Study.AE_64, Study.GMM)) {
            row(
                    follow.name().toLowerCase(Locale.ROOT),
                    pipeline.toString(),
                    trial.spread(pipeline, 1, 3, Outcome::accuracy),
                    trial.spread(pipeline, 1, 3, Outcome::secondHalfAccuracy),
                    pipeline.equals(Study.GMM) ? "" : format(trial.median(pipeline, 1, Outcome::inertia), 0),
                    trial.spread(pipeline, 1, 3, Outcome::worstKept),
                    trial.spread(pipeline, 1, 3, Outcome::medianKept),
                    format(trial.median(pipeline, 1, Outcome::seconds), 1));
        }
    }

    void optionsHead() {
        line("");
        line("## Other autoencoders");
        line("");
        line("One pass, one option changed. The validation loss is of whole images, also where training damages them.");
        line("");
        line("| option | " + Study.AE + " | " + Study.AE_64 + " | " + Study.GMM + " | validation loss | training, s |");
        line("|---|---|---|---|---|---|");
    }

    void option(String name, Trial trial) {
        row(
                "`" + name + "`",
                trial.spread(Study.AE, 1, 3, Outcome::accuracy),
                trial.spread(Study.AE_64, 1, 3, Outcome::accuracy),
                trial.spread(Study.GMM, 1, 3, Outcome::accuracy),
                trial.spread(Study.AE, 1, 4, Outcome::validationLoss),
                format(trial.median(Study.AE, 1, Outcome::seconds), 1));
    }

    void byClass(Trial shuffled, Trial sorted) {
        line("");
        line("## The cruellest stream");
        line("");
        line(
                "`--order by-class`, one pass: 6,000 images of each class after the other, so that all is forgotten but the");
        line("last classes. Nothing fails and nothing is refused; this is what is lost.");
        line("");
        line("| pipeline | shuffled, train | by class, train | by class, test |");
        line("|---|---|---|---|");
        for (PipelineName pipeline : List.of(Study.RAW, Study.AE, Study.GMM)) {
            row(
                    pipeline.toString(),
                    shuffled.spread(pipeline, 1, 3, Outcome::accuracy),
                    sorted.spread(pipeline, 1, 3, Outcome::accuracy),
                    sorted.spread(pipeline, 1, 3, Outcome::testAccuracy));
        }
        line("");
        line("Validation loss: " + shuffled.spread(Study.AE, 1, 4, Outcome::validationLoss) + " shuffled, "
                + sorted.spread(Study.AE, 1, 4, Outcome::validationLoss) + " by class.");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private static String format(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
