package weft.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Split;
import weft.core.metric.ContingencyTable;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.evaluation.Findings;

/// One pipeline in pictures: its centres, its confusion matrix and its predictions.
final class PipelinePictures {
    private static final int MOST_CENTROIDS = 256;

    /// A larger matrix cannot be read.
    private static final int MOST_LABELS = 40;

    private final Findings findings;
    private final Picture drawn;
    private final PipelineName pipeline;
    private final ContingencyTable train;
    private final int[] classOf;

    PipelinePictures(Findings findings, PipelineName pipeline) {
        this.findings = findings;
        this.pipeline = pipeline;
        drawn = new Picture(findings.dataset().shape());
        train = findings.table(pipeline, Split.TRAIN);
        classOf = train.majority();
    }

    void add(Page page) {
        page.heading(pipeline.toString());
        page.tiles("Centroids as images", centroids());
        if (train.total() == 0) {
            page.paragraph("No train image has a label, so there is no confusion matrix and no prediction.");
            return;
        }
        int labels = findings.labels().size();
        if (labels > MOST_LABELS) {
            page.paragraph(labels + " labels are too many for a confusion matrix that can be read.");
        } else {
            page.paragraph("Test images by true class and by the class that their cluster has in the train split.");
            page.chart(
                    "Confusion matrix of " + pipeline,
                    Charts.confusion(findings.labels(), confusion(findings.table(pipeline, Split.TEST))));
        }
        page.tiles("Predicted labels of test images", predictions());
    }

    private List<Page.Tile> centroids() {
        Snapshot snapshot = findings.snapshot(pipeline);
        Model model = snapshot.model();
        List<Page.Tile> tiles = new ArrayList<>();
        for (int cluster = 0; cluster < Math.min(pipeline.k(), MOST_CENTROIDS); cluster++) {
            long size = train.clusterSize(cluster);
            String name = size == 0 ? "cluster " + cluster : name(classOf[cluster]);
            String labels = size == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ": %s, %d images, %.0f %%",
                            name,
                            size,
                            100.0 * train.count(cluster, classOf[cluster]) / size);
            String caption = "cluster " + cluster + labels;
            model.picture(pipeline, cluster)
                    .ifPresent(picture -> tiles.add(new Page.Tile(drawn.address(picture), caption, Optional.of(name))));
        }
        return tiles;
    }

    private String name(int label) {
        return label < 0 ? "unknown" : findings.labels().get(label);
    }

    private Map<Integer, long[]> confusion(ContingencyTable table) {
        Map<Integer, long[]> counts = new LinkedHashMap<>();
        int labels = findings.labels().size();
        for (int label = 0; label < labels; label++) {
            long[] row = new long[labels];
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
                    String name = name(predicted);
                    boolean right = predicted >= 0 && name.equals(sample.label().get());
                    return new Page.Tile(
                            drawn.address(sample.values()),
                            sample.id() + ", in truth " + sample.label().get(),
                            Optional.of((right ? "✓ " : "✗ ") + name));
                })
                .toList();
    }
}
