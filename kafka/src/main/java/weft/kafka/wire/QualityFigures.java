package weft.kafka.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the running figures of a pipeline are called and which type each has: the one list.
///
/// A clusterer adds the figure that it optimises, under a name of its own; it is a number.
public final class QualityFigures {
    /// The slices of the stream that labelled images are judged in.
    public static final List<String> SLICES = List.of("prequential", "trained", "test");

    /// Figures of the pipeline as a whole.
    public enum OfPipeline {
        /// Images scored; a count.
        IMAGES("images"),
        /// Mean lead of the best cluster over the next, in the score's unit.
        MEAN_MARGIN("meanMargin"),
        /// Mean of 1 - a / b over the distances to the own and the next centroid.
        SIMPLIFIED_SILHOUETTE("simplifiedSilhouette"),
        /// Images of the largest cluster over all images.
        LARGEST_CLUSTER_SHARE("largestClusterShare"),
        /// Clusters without an image; a count.
        EMPTY_CLUSTERS("emptyClusters");

        private final String figure;

        OfPipeline(String figure) {
            this.figure = figure;
        }

        /// The name of the figure.
        public String figure() {
            return figure;
        }
    }

    /// Figures of a slice, over the pipeline's life or over the last labelled images alone.
    public enum OfSlice {
        /// Labelled images that the others are measured on; a count.
        IMAGES("Images"),
        /// Share of images whose cluster stands for their class, by majority.
        ACCURACY("Accuracy"),
        /// The same with clusters and classes matched one to one.
        ACCURACY_HUNGARIAN("AccuracyHungarian"),
        HOMOGENEITY("Homogeneity"),
        COMPLETENESS("Completeness"),
        V_MEASURE("VMeasure"),
        /// Normalised mutual information.
        NMI("Nmi"),
        /// Adjusted Rand index.
        ARI("Ari");

        private final String measure;

        OfSlice(String measure) {
            this.measure = measure;
        }

        /// The name of the figure in a slice.
        ///
        /// @param window whether it covers the last labelled images alone
        public String of(String slice, boolean window) {
            return slice + (window ? "Window" : "") + measure;
        }
    }

    private static final Set<String> COUNTS = Stream.concat(
                    Stream.of(OfPipeline.IMAGES.figure(), OfPipeline.EMPTY_CLUSTERS.figure()),
                    SLICES.stream()
                            .flatMap(slice ->
                                    Stream.of(OfSlice.IMAGES.of(slice, false), OfSlice.IMAGES.of(slice, true))))
            .collect(Collectors.toUnmodifiableSet());

    private QualityFigures() {}

    /// Whether a figure is a count: counts are written as whole numbers and all others never are.
    public static boolean isCount(String figure) {
        return COUNTS.contains(figure);
    }

    /// Every figure that a pipeline may have whatever its clusterer is.
    public static List<String> all() {
        return Stream.concat(
                        Arrays.stream(OfPipeline.values()).map(OfPipeline::figure),
                        SLICES.stream()
                                .flatMap(slice -> Arrays.stream(OfSlice.values())
                                        .flatMap(one -> Stream.of(one.of(slice, false), one.of(slice, true)))))
                .toList();
    }
}
