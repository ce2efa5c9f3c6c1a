package weft.scorer.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.Slice;

/// Sizes and classes of every cluster as gauges, for pipelines of few clusters: each is a series of its own.
final class ClusterGauges {
    static final int MOST_CLUSTERS = 64;
    static final int MOST_LABELS = 64;

    private final MultiGauge sizes;
    private final MultiGauge confusion;
    private final Map<String, List<Row<?>>> sizeRows = new TreeMap<>();
    private final Map<String, List<Row<?>>> confusionRows = new TreeMap<>();

    ClusterGauges(MeterRegistry registry) {
        sizes = MultiGauge.builder("weft.cluster.images")
                .description(
                        "Images put into a cluster since the start; pipelines of up to " + MOST_CLUSTERS + " clusters")
                .register(registry);
        confusion = MultiGauge.builder("weft.confusion.images")
                .description(
                        "The last 10,000 labelled train images by the cluster that they got and their label; up to "
                                + MOST_LABELS + " labels")
                .register(registry);
    }

    /// Takes one pipeline's totals of all tasks, at least one.
    void measured(String pipeline, Collection<QualityPartial> partials, GlobalQuality quality) {
        int clusters = partials.iterator().next().getClusters();
        if (clusters > MOST_CLUSTERS) {
            return;
        }
        GlobalQuality.Labelled live = quality.table(partials, Slice.LIVE, true);
        List<String> labels = live.labels();
        boolean withClasses = labels.size() <= MOST_LABELS;
        List<Row<?>> ofSizes = new ArrayList<>();
        List<Row<?>> ofClasses = new ArrayList<>();
        for (int c = 0; c < clusters; c++) {
            int cluster = c;
            Tags tags = Tags.of("pipeline", pipeline, "cluster", String.format(Locale.ROOT, "%02d", c));
            ofSizes.add(Row.of(
                    tags,
                    partials.stream()
                            .mapToLong(partial -> partial.getSizes(cluster))
                            .sum()));
            for (int label = 0; withClasses && label < labels.size(); label++) {
                ofClasses.add(Row.of(
                        tags.and("label", labels.get(label)), live.table().count(c, label)));
            }
        }
        sizeRows.put(pipeline, ofSizes);
        confusionRows.put(pipeline, ofClasses);
        register();
    }

    /// Another instance tells them from now on.
    void forget() {
        sizeRows.clear();
        confusionRows.clear();
        register();
    }

    private void register() {
        sizes.register(all(sizeRows), true);
        confusion.register(all(confusionRows), true);
    }

    private static List<Row<?>> all(Map<String, List<Row<?>>> rows) {
        List<Row<?>> all = new ArrayList<>();
        rows.values().forEach(all::addAll);
        return all;
    }
}
