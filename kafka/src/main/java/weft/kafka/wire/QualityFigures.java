package weft.kafka.wire;

import static weft.kafka.wire.QualityFigure.Type.COUNT;
import static weft.kafka.wire.QualityFigure.Type.NUMBER;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The running figures that a pipeline may have, whatever its clusterer is: the one list of names, types and meanings.
public final class QualityFigures {
    public static final QualityFigure IMAGES = new QualityFigure("images", COUNT, "images assigned");
    public static final QualityFigure MEAN_MARGIN =
            new QualityFigure("meanMargin", NUMBER, "mean lead over the runner-up, in the score's unit");
    public static final QualityFigure SIMPLIFIED_SILHOUETTE = new QualityFigure(
            "simplifiedSilhouette",
            NUMBER,
            "k-means: mean of 1 − distance to the own centroid ÷ distance to the next (Hruschka, de Castro and "
                    + "Campello 2004)");
    public static final QualityFigure LARGEST_CLUSTER_SHARE =
            new QualityFigure("largestClusterShare", NUMBER, "images of the largest cluster ÷ all images");
    public static final QualityFigure EMPTY_CLUSTERS =
            new QualityFigure("emptyClusters", COUNT, "clusters without an image");

    /// Of the pipeline as a whole: they need no labels.
    public static final List<QualityFigure> OF_PIPELINE =
            List.of(IMAGES, MEAN_MARGIN, SIMPLIFIED_SILHOUETTE, LARGEST_CLUSTER_SHARE, EMPTY_CLUSTERS);

    /// Who judged the labelled images that a figure is made of.
    public enum Slice {
        /// Train images, each by the newest model that had not learnt from it.
        PREQUENTIAL,
        /// Train images by a model that had learnt from them.
        TRAINED,
        /// Test images, which no training sees.
        TEST;

        /// How a figure's name begins.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Over which images of a slice a figure is taken.
    public enum Span {
        /// All since the start.
        LIFE(""),
        /// The last labelled ones alone.
        WINDOW("Window");

        private final String id;

        Span(String id) {
            this.id = id;
        }
    }

    /// Figures of a slice over a span.
    public enum OfSlice {
        IMAGES("Images", COUNT, "labelled images that the others are made of"),
        ACCURACY(
                "Accuracy",
                NUMBER,
                "share whose cluster stands for their class; a cluster stands for the most common class in it"),
        ACCURACY_HUNGARIAN(
                "AccuracyHungarian",
                NUMBER,
                "the same by the best one-to-one mapping of clusters to classes (Kuhn 1955); clusters without a class "
                        + "count as wrong"),
        HOMOGENEITY(
                "Homogeneity",
                NUMBER,
                "1 − entropy of the classes given the clusters ÷ entropy of the classes (Rosenberg and Hirschberg "
                        + "2007)"),
        COMPLETENESS("Completeness", NUMBER, "the same with clusters and classes exchanged"),
        V_MEASURE("VMeasure", NUMBER, "harmonic mean of homogeneity and completeness"),
        NMI("Nmi", NUMBER, "mutual information ÷ arithmetic mean of the entropies"),
        ARI("Ari", NUMBER, "adjusted Rand index (Hubert and Arabie 1985)");

        private final String id;
        private final QualityFigure.Type type;
        private final String meaning;

        OfSlice(String id, QualityFigure.Type type, String meaning) {
            this.id = id;
            this.type = type;
            this.meaning = meaning;
        }

        /// How a figure's name ends.
        public String id() {
            return id;
        }

        public QualityFigure.Type type() {
            return type;
        }

        public String meaning() {
            return meaning;
        }

        /// The figure of a slice over a span.
        public QualityFigure of(Slice slice, Span span) {
            return new QualityFigure(slice.id() + span.id + id, type, meaning);
        }
    }

    private static final List<QualityFigure> ALL = Stream.concat(
                    OF_PIPELINE.stream(),
                    Arrays.stream(Slice.values())
                            .flatMap(slice -> Arrays.stream(Span.values())
                                    .flatMap(span ->
                                            Arrays.stream(OfSlice.values()).map(one -> one.of(slice, span)))))
            .toList();

    private static final Map<String, QualityFigure> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(QualityFigure::name, Function.identity()));

    private QualityFigures() {}

    /// Every figure of the list.
    public static List<QualityFigure> all() {
        return ALL;
    }

    /// The figure of this name; one that is not in the list is a number that a clusterer optimises, or that a later
    /// release adds.
    public static QualityFigure named(String name) {
        QualityFigure known = BY_NAME.get(name);
        return known == null ? new QualityFigure(name, NUMBER, "what the clusterer optimises") : known;
    }
}
