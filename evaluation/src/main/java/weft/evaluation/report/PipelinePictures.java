package weft.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import weft.core.image.FashionClasses;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.GaussianMixture;
import weft.core.model.Network;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.evaluation.Findings;

/// One pipeline in pictures: its centres, its confusion matrix and its predictions.
final class PipelinePictures {
    private static final int MOST_CENTROIDS = 256;

    private final Findings findings;
    private final PipelineName pipeline;
    private final ContingencyTable train;
    private final int[] classOf;

    PipelinePictures(Findings findings, PipelineName pipeline) {
        this.findings = findings;
        this.pipeline = pipeline;
        train = findings.table(pipeline, Split.TRAIN);
        classOf = train.majority();
    }

    void add(Page page) {
        page.heading(pipeline.toString());
        page.tiles("Centroids as images", centroids());
        if (train.total() > 0) {
            page.paragraph("Test images by true class and by the class that their cluster has in the train split.");
            page.chart(
                    "Confusion matrix of " + pipeline,
                    Charts.confusion(confusion(findings.table(pipeline, Split.TEST))));
            page.tiles("Predicted labels of test images", predictions());
        }
    }

    private List<Page.Tile> centroids() {
        Snapshot snapshot = findings.snapshot(pipeline);
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
        return tiles;
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

    private Map<Integer, long[]> confusion(ContingencyTable table) {
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

    private List<Page.Tile> predictions() {
        return findings.samples().tests().stream()
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
    }
}
