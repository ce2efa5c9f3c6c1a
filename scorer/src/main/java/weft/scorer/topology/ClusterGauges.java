package weft.scorer.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.Slice;

/// Sizes and classes of every cluster as gauges, for pipelines of few clusters: each is a series of its own.
///
/// The series of a pipeline are made once for its labels; from then on only their values change.
final class ClusterGauges {
    static final int MOST_CLUSTERS = 64;
    static final int MOST_LABELS = 64;

    private final MeterRegistry registry;
    private final Map<String, Series> pipelines = new TreeMap<>();

    ClusterGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Takes one pipeline's totals of all tasks, at least one.
    void measured(String pipeline, Collection<QualityPartial> partials, GlobalQuality quality) {
        int clusters = partials.iterator().next().getClusters();
        if (clusters > MOST_CLUSTERS) {
            return;
        }
        GlobalQuality.Labelled live = quality.table(partials, Slice.LIVE, true);
        List<String> labels = live.labels().size() <= MOST_LABELS ? live.labels() : List.of();
        Series series = pipelines.get(pipeline);
        if (series == null || !series.labels.equals(labels)) {
            if (series != null) {
                series.remove();
            }
            series = new Series(pipeline, clusters, labels);
            pipelines.put(pipeline, series);
        }
        for (int c = 0; c < clusters; c++) {
            int cluster = c;
            series.sizes.set(
                    c,
                    partials.stream()
                            .mapToLong(partial -> partial.getSizes(cluster))
                            .sum());
            for (int label = 0; label < labels.size(); label++) {
                series.confusion.set(c * labels.size() + label, live.table().count(c, label));
            }
        }
    }

    /// Another instance tells them from now on.
    void forget() {
        pipelines.values().forEach(Series::remove);
        pipelines.clear();
    }

    /// What one pipeline's gauges read.
    private final class Series {
        private final List<String> labels;
        private final AtomicLongArray sizes;

        /// By cluster, then by label.
        private final AtomicLongArray confusion;

        private final List<Meter> meters = new ArrayList<>();

        Series(String pipeline, int clusters, List<String> labels) {
            this.labels = List.copyOf(labels);
            sizes = new AtomicLongArray(clusters);
            confusion = new AtomicLongArray(clusters * labels.size());
            for (int c = 0; c < clusters; c++) {
                Tags tags = Tags.of("pipeline", pipeline, "cluster", String.format(Locale.ROOT, "%02d", c));
                gauge(
                        "weft.cluster.images",
                        "Images put into a cluster since the start; pipelines of up to " + MOST_CLUSTERS + " clusters",
                        tags,
                        sizes,
                        c);
                for (int label = 0; label < labels.size(); label++) {
                    gauge(
                            "weft.confusion.images",
                            "The last 10,000 labelled train images by the cluster that they got and their label; up to "
                                    + MOST_LABELS + " labels",
                            tags.and("label", labels.get(label)),
                            confusion,
                            c * labels.size() + label);
                }
            }
        }

        private void gauge(String name, String description, Tags tags, AtomicLongArray values, int index) {
            meters.add(Gauge.builder(name, values, read -> read.get(index))
                    .description(description)
                    .tags(tags)
                    .register(registry));
        }

        void remove() {
            meters.forEach(registry::remove);
        }
    }
}
