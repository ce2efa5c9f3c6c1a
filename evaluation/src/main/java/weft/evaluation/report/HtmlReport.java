package weft.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.evaluation.Evaluation;
import weft.evaluation.Findings;
import weft.evaluation.ReportFormat;
import weft.evaluation.StudyFigures;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;

/// Writes the report: figures, example images, losses, centroids, confusion matrices, predictions.
public final class HtmlReport {
    private static final String FILE = "report.html";
    private static final int RECONSTRUCTIONS = 12;
    private static final Map<String, String> LOSSES = Map.of(
            "train.bce", "training",
            "train.mse", "training",
            "validation.bce", "validation (test images, never learnt)",
            "validation.mse", "validation (test images, never learnt)");

    private final Findings findings;
    private final Picture picture;
    private final Page page = new Page();

    private HtmlReport(Findings findings) {
        this.findings = findings;
        picture = new Picture(findings.dataset().shape());
    }

    /// Reads the log, scores it with the newest models and writes one HTML file that needs no other.
    ///
    /// @return the file
    /// @throws UserError where there is no model or the folder cannot be written
    public static Path write(KafkaConnection kafka, Topics topics, Evaluation.Request request, Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(folder)) {
                throw new UserError("--out " + folder + " cannot be written");
            }
        } catch (IOException fault) {
            throw new UserError("--out " + folder + " cannot be made: " + fault.getMessage(), fault);
        }
        Findings findings = Evaluation.run(kafka, topics, request);
        try {
            return Files.writeString(file, text(findings));
        } catch (IOException fault) {
            throw new UserError("--out " + folder + " cannot be written: " + fault.getMessage(), fault);
        }
    }

    /// The page, whole.
    static String text(Findings findings) {
        return new HtmlReport(findings).text();
    }

    private String text() {
        figures();
        KCharts.add(page, findings.report().pipelines(), StudyFigures.cover(findings.dataset()));
        losses();
        examples();
        reconstructions();
        for (PipelineName pipeline : findings.pipelines()) {
            new PipelinePictures(findings, pipeline).add(page);
        }
        return page.text();
    }

    private void figures() {
        page.heading("Figures");
        page.paragraph(
                "train: what the models learnt from. test: images that no training sees. prequential: train images,"
                        + " each judged live by a model that had not learnt from it yet."
                        + (StudyFigures.cover(findings.dataset())
                                ? " batch study: scikit-learn and Keras on all images at once."
                                : "")
                        + " The three kinds of evidence are never mixed.");
        page.preformatted(ReportFormat.table(findings.report(), findings.dataset()));
    }

    private void losses() {
        findings.history().forEach((model, snapshots) -> {
            List<Charts.Line> lines = new ArrayList<>();
            for (Map.Entry<String, String> loss : LOSSES.entrySet()) {
                List<Findings.Losses> with = snapshots.stream()
                        .filter(snapshot -> snapshot.values().containsKey(loss.getKey()))
                        .toList();
                if (with.size() > 1) {
                    lines.add(new Charts.Line(
                            loss.getValue(),
                            with.stream().map(Findings.Losses::version).toList(),
                            with.stream()
                                    .map(snapshot -> snapshot.values().get(loss.getKey()))
                                    .toList()));
                }
            }
            if (!lines.isEmpty()) {
                page.heading("Loss of " + model + " over training");
                page.paragraph(
                        "As each snapshot was published with it: the binary cross-entropy of a pixel in nats, or the mean squared"
                                + " error of a standardised value.");
                page.chart(
                        "Loss of " + model + " over training",
                        Charts.lines("images learnt from", "loss", lines, false));
            }
        });
    }

    private void examples() {
        page.heading("Example images");
        int shown = findings.samples().examples().size();
        int labels = findings.labels().size();
        if (shown < labels) {
            page.paragraph("Of " + shown + " of " + labels + " labels.");
        }
        findings.samples().examples().forEach((label, samples) -> {
            List<Page.Tile> tiles = samples.stream()
                    .map(sample -> new Page.Tile(picture.address(sample.values()), sample.id(), Optional.empty()))
                    .toList();
            page.tiles(label < 0 ? "no label" : findings.labels().get(label), tiles);
        });
    }

    private void reconstructions() {
        findings.models()
                .forEach((name, snapshot) -> snapshot.model().decoder().ifPresent(_ -> {
                    List<Page.Tile> originals = new ArrayList<>();
                    List<Page.Tile> rebuilt = new ArrayList<>();
                    findings.samples().tests().stream().limit(RECONSTRUCTIONS).forEach(sample -> {
                        float[] pixels = sample.values();
                        originals.add(new Page.Tile(picture.address(pixels), sample.id(), Optional.empty()));
                        rebuilt.add(new Page.Tile(
                                picture.address(
                                        snapshot.model().reconstruction(pixels).orElseThrow()),
                                sample.id() + " rebuilt",
                                Optional.empty()));
                    });
                    page.heading("Original and reconstruction by " + name);
                    page.tiles("test images", originals);
                    page.tiles("rebuilt from " + snapshot.model().encoder().codeSize() + " numbers", rebuilt);
                }));
    }
}
