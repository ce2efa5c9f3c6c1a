package weft.scorer.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers of the look-up; their JSON has these very names.
final class Views {
    private Views() {}

    record Pipelines(List<String> pipelines) {}

    record Models(List<String> models) {}

    /// @param counts clusters (rows) × classes (columns)
    record Confusion(String pipeline, String slice, boolean window, List<String> classes, List<List<Long>> counts) {}

    record Clusters(String pipeline, List<Cluster> clusters) {}

    /// @param images since the start
    /// @param labelled train images of the window, which name and purity are counted from
    /// @param generation of the cluster in the snapshot in use, where that tells it
    @JsonInclude(Include.NON_NULL)
    record Cluster(
            int cluster,
            long images,
            double share,
            long labelled,
            @Nullable String name,
            @Nullable Double purity,
            @Nullable Integer generation) {}

    /// Where the snapshot in use comes from.
    record Model(
            String model,
            String run,
            List<String> challengers,
            long version,
            long imagesSeen,
            long seed,
            String software,
            List<String> pipelines,
            Map<Integer, Long> trainedThrough,
            Map<String, String> hyperparameters,
            Map<String, Double> losses,
            int keptVersions) {}
}
