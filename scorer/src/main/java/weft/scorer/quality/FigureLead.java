package weft.scorer.quality;

import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.kafka.wire.Gate;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Span;
import weft.scorer.proto.QualityPartial;

/// How a figure of counts is drawn anew: of labelled images from clusters × labels, of all images from the clusters'
/// sizes. A mean over images is none of them: of it the counts keep the sum alone.
public final class FigureLead {
    private final GlobalQuality quality;
    private final Random random;

    /// @param quality makes tables of counts
    public FigureLead(GlobalQuality quality, Random random) {
        this.quality = quality;
        this.random = random;
    }

    private record Named(QualityFigures.Slice slice, Span span, OfSlice kind) {}

    private static Optional<Named> named(QualityFigure figure) {
        for (QualityFigures.Slice slice : QualityFigures.Slice.values()) {
            for (Span span : Span.values()) {
                for (OfSlice kind : OfSlice.values()) {
                    if (kind.of(slice, span).equals(figure)) {
                        return Optional.of(new Named(slice, span, kind));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Whether a figure is made of enough images to be believed.
    public static boolean enough(QualityFigure figure, QualityEvent event) {
        QualityFigure images = named(figure)
                .map(named -> OfSlice.IMAGES.of(named.slice(), named.span()))
                .orElse(QualityFigures.IMAGES);
        return event.value(images).orElse(0) >= Gate.FEWEST;
    }

    /// The interval of a figure's lead; empty for a mean over images.
    ///
    /// @param challenger counts of every task, and so `champion`
    public Optional<Lead> of(
            QualityFigure figure, Collection<QualityPartial> challenger, Collection<QualityPartial> champion) {
        Optional<Named> named = named(figure);
        if (named.isPresent()) {
            return Optional.of(ofLabelled(named.get(), challenger, champion));
        }
        if (figure.equals(QualityFigures.LARGEST_CLUSTER_SHARE)) {
            return Optional.of(Lead.of(sizes(challenger), sizes(champion), FigureLead::largestShare, random));
        }
        if (figure.equals(QualityFigures.EMPTY_CLUSTERS)) {
            return Optional.of(Lead.of(sizes(challenger), sizes(champion), FigureLead::empty, random));
        }
        return Optional.empty();
    }

    private Lead ofLabelled(Named named, Collection<QualityPartial> challenger, Collection<QualityPartial> champion) {
        Slice slice = Slice.valueOf(named.slice().name());
        boolean window = named.span() == Span.WINDOW;
        ToDoubleFunction<Quality> value = value(named.kind());
        ContingencyTable one = quality.table(challenger, slice, window).table();
        ContingencyTable other = quality.table(champion, slice, window).table();
        return Lead.of(one, other, table -> value.applyAsDouble(Quality.of(table)), random);
    }

    private static ToDoubleFunction<Quality> value(OfSlice kind) {
        return switch (kind) {
            case IMAGES -> quality -> (double) quality.images();
            case ACCURACY -> Quality::accuracy;
            case ACCURACY_HUNGARIAN -> Quality::accuracyHungarian;
            case HOMOGENEITY -> Quality::homogeneity;
            case COMPLETENESS -> Quality::completeness;
            case V_MEASURE -> Quality::vMeasure;
            case NMI -> Quality::nmi;
            case ARI -> Quality::ari;
        };
    }

    private static ContingencyTable sizes(Collection<QualityPartial> partials) {
        Tally sum = new Tally(partials.iterator().next().getClusters(), 1);
        partials.forEach(partial -> {
            for (int cluster = 0; cluster < partial.getSizesCount(); cluster++) {
                sum.add(cluster, 0, partial.getSizes(cluster));
            }
        });
        return sum.table();
    }

    private static double largestShare(ContingencyTable sizes) {
        long largest = 0;
        for (int cluster = 0; cluster < sizes.clusters(); cluster++) {
            largest = Math.max(largest, sizes.clusterSize(cluster));
        }
        return (double) largest / sizes.total();
    }

    private static double empty(ContingencyTable sizes) {
        int empty = 0;
        for (int cluster = 0; cluster < sizes.clusters(); cluster++) {
            empty += sizes.clusterSize(cluster) == 0 ? 1 : 0;
        }
        return empty;
    }
}
