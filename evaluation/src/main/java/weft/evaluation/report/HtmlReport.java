package weft.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import weft.core.image.FashionClasses;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.GaussianMixture;
import weft.core.model.Network;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.service.KafkaConnection;
import weft.core.service.UserError;
import weft.core.wire.Topics;
import weft.evaluation.Evaluation;
import weft.evaluation.Report;
import weft.evaluation.ReportFormat;
import weft.evaluation.StudyFigures;

/// Writes the report: figures, example images, losses, centroids, confusion matrices, predictions.
public final class HtmlReport {
    private static final String FILE = "report.html";
    private static final int MOST_CENTROIDS = 256;
    private static final int RECONSTRUCTIONS = 12;

    private final Findings findings;
    private final Report report;
    private final Page page = new Page();

    private HtmlReport(Findings findings, Report report) {
        this.findings = findings;
        this.report = report;
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
        Report report = Evaluation.run(kafka, topics, request);
        HtmlReport html = new HtmlReport(Findings.read(kafka, topics, request::wants), report);
        try {
            return Files.writeString(file, html.text());
        } catch (IOException fault) {
            throw new UserError("--out " + folder + " cannot be written: " + fault.getMessage(), fault);
        }
    }

    private String text() {
        figures();
        overK();
        losses();
        examples();
        reconstructions();
        for (PipelineName pipeline : findings.pipelines()) {
            pipeline(pipeline);
        }
        return page.text();
    }

    private void figures() {
        page.heading("Figures");
        page.paragraph(
                "train: what the models learnt from. test: images that no training sees. prequential: train images,"
                        + " each judged live by a model that had not learnt from it yet. batch study: scikit-learn and Keras on"
                        + " all images at once. The three kinds of evidence are never mixed.");
        page.preformatted(ReportFormat.table(report));
    }

    /// Accuracy and homogeneity over K, where a family of pipelines has more than one.
    private void overK() {
        Map<String, Map<Integer, Report.PipelineFigures>> families = new TreeMap<>();
        for (Report.PipelineFigures figures : report.pipelines()) {
            String family = figures.pipeline().substring(0, figures.pipeline().lastIndexOf('-'));
            families.computeIfAbsent(family, _ -> new TreeMap<>()).put(figures.k(), figures);
        }
        families.values().removeIf(family -> family.size() < 2);
        if (families.isEmpty()) {
            return;
        }
        List<Charts.Line> accuracy = new ArrayList<>();
        List<Charts.Line> homogeneity = new ArrayList<>();
        families.forEach((family, byK) -> {
            List<Integer> ks = List.copyOf(byK.keySet());
            accuracy.add(new Charts.Line(
                    family,
                    ks,
                    byK.values().stream()
                            .map(figures -> figures.train().accuracy().orElse(0))
                            .toList()));
            homogeneity.add(new Charts.Line(
                    family,
                    ks,
                    byK.values().stream()
                            .map(figures -> figures.train().homogeneity().orElse(0))
                            .toList()));
            Map<Integer, StudyFigures.Figures> study = new TreeMap<>();
            ks.forEach(k -> StudyFigures.of(family + "-" + k).ifPresent(figures -> study.put(k, figures)));
            if (study.size() > 1) {
                List<Integer> known = List.copyOf(study.keySet());
                accuracy.add(new Charts.Line(
                        family + ", study",
                        known,
                        study.values().stream()
                                .map(StudyFigures.Figures::accuracy)
                                .toList()));
                homogeneity.add(new Charts.Line(
                        family + ", study",
                        known,
                        study.values().stream()
                                .map(StudyFigures.Figures::homogeneity)
                                .toList()));
            }
        });
        page.heading("Accuracy and homogeneity over K");
        page.paragraph("Train split, final models; each cluster stands for its most common class.");
        page.chart("Accuracy over K", Charts.lines("K", "accuracy", accuracy, true));
        page.chart("Homogeneity over K", Charts.lines("K", "homogeneity", homogeneity, true));
    }

    private void losses() {
        findings.history().forEach((model, snapshots) -> {
            List<Charts.Line> lines = new ArrayList<>();
            for (Map.Entry<String, String> loss : Map.of(
                            "train.bce", "training", "validation.bce", "validation (test images, never learnt)")
                    .entrySet()) {
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
                page.paragraph("Binary cross-entropy of a pixel in nats, as each snapshot was published with it.");
                page.chart(
                        "Loss of " + model + " over training",
                        Charts.lines("images learnt from", "loss", lines, false));
            }
        });
    }

    private void examples() {
        page.heading("Example images");
        findings.examples().forEach((label, samples) -> {
            List<Page.Tile> tiles = samples.stream()
                    .map(sample -> new Page.Tile(Picture.address(sample.values()), sample.id(), Optional.empty()))
                    .toList();
            page.tiles(label < 0 ? "no label" : FashionClasses.name(label), tiles);
        });
    }

    private void reconstructions() {
        findings.models()
                .forEach((name, snapshot) -> snapshot.model().decoder().ifPresent(decoder -> {
                    Encoder.Pass encode = snapshot.model().encoder().pass();
                    Network.Pass decode = decoder.pass();
                    List<Page.Tile> originals = new ArrayList<>();
                    List<Page.Tile> rebuilt = new ArrayList<>();
                    findings.tests().stream().limit(RECONSTRUCTIONS).forEach(sample -> {
                        float[] pixels = sample.values();
                        originals.add(new Page.Tile(Picture.address(pixels), sample.id(), Optional.empty()));
                        rebuilt.add(new Page.Tile(
                                Picture.address(decode.run(encode.encode(pixels, 0), 0)),
                                sample.id() + " rebuilt",
                                Optional.empty()));
                    });
                    page.heading("Original and reconstruction by " + name);
                    page.tiles("test images", originals);
                    page.tiles("rebuilt from " + snapshot.model().encoder().codeSize() + " numbers", rebuilt);
                }));
    }

    private void pipeline(PipelineName pipeline) {
        Snapshot snapshot = findings.snapshot(pipeline);
        ContingencyTable train = findings.table(pipeline, Split.TRAIN);
        int[] classOf = train.majority();
        page.heading(pipeline.toString());
        centroids(pipeline, snapshot, train, classOf);
        if (train.total() > 0) {
            page.paragraph("Test images by true class and by the class that their cluster has in the train split.");
            page.chart(
                    "Confusion matrix of " + pipeline,
                    Charts.confusion(confusion(findings.table(pipeline, Split.TEST), classOf)));
            predictions(pipeline, classOf);
        }
    }

    private void centroids(PipelineName pipeline, Snapshot snapshot, ContingencyTable train, int[] classOf) {
        List<float[]> pictures = pictures(
                snapshot, Objects.requireNonNull(snapshot.model().clusterers().get(pipeline)));
        List<Page.Tile> tiles = new ArrayList<>();
        for (int cluster = 0; cluster < Math.min(pictures.size(), MOST_CENTROIDS); cluster++) {
            long size = train.clusterSize(cluster);
            String name = classOf[cluster] < 0 ? "unknown" : FashionClasses.name(classOf[cluster]);
            String purity = size == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %d images, %.0f %%",
                            size,
                            100.0 * train.count(cluster, classOf[cluster]) / size);
            tiles.add(new Page.Tile(
                    Picture.address(pictures.get(cluster)),
                    "cluster " + cluster + ": " + name + purity,
                    Optional.of(name)));
        }
        page.tiles("Centroids as images", tiles);
    }

    /// Means in pixel space: as they are, or through the decoder.
    private static List<float[]> pictures(Snapshot snapshot, Clusterer clusterer) {
        List<float[]> means = new ArrayList<>();
        switch (clusterer) {
            case Centroids centroids -> {
                for (int k = 0; k < centroids.k(); k++) {
                    float[] mean = new float[centroids.codeSize()];
                    for (int j = 0; j < mean.length; j++) {
                        mean[j] = centroids.centroids().get(k, j);
                    }
                    means.add(mean);
                }
            }
            case GaussianMixture mixture -> {
                for (GaussianMixture.Component component : mixture.components()) {
                    float[] mean = new float[component.mean().size()];
                    for (int j = 0; j < mean.length; j++) {
                        mean[j] = (float) component.mean().get(j);
                    }
                    means.add(mean);
                }
            }
        }
        Optional<Network.Pass> decoder = snapshot.model().decoder().map(Network::pass);
        return decoder.isEmpty()
                ? means
                : means.stream().map(mean -> decoder.get().run(mean, 0).clone()).toList();
    }

    private static Map<Integer, long[]> confusion(ContingencyTable table, int[] classOf) {
        Map<Integer, long[]> counts = new LinkedHashMap<>();
        for (int label = 0; label < FashionClasses.COUNT; label++) {
            long[] row = new long[FashionClasses.COUNT];
            for (int cluster = 0; cluster < table.clusters(); cluster++) {
                if (classOf[cluster] >= 0) {
                    row[classOf[cluster]] += table.count(cluster, label);
                }
            }
            counts.put(label, row);
        }
        return counts;
    }

    private void predictions(PipelineName pipeline, int[] classOf) {
        List<Page.Tile> tiles = findings.tests().stream()
                .filter(sample -> sample.label().isPresent())
                .map(sample -> {
                    int predicted = classOf[sample.clusters().getOrDefault(pipeline, 0)];
                    String name = predicted < 0 ? "unknown" : FashionClasses.name(predicted);
                    boolean right = predicted == sample.label().getAsInt();
                    return new Page.Tile(
                            Picture.address(sample.values()),
                            sample.id() + ", in truth "
                                    + FashionClasses.name(sample.label().getAsInt()),
                            Optional.of((right ? "✓ " : "✗ ") + name));
                })
                .toList();
        page.tiles("Predicted labels of test images", tiles);
    }
}
