package weft.monitoring.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What browsers are told, as JSON; a part that is not known is absent.
final class Views {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private Views() {}

    /// One event of the live stream: everything that moves.
    ///
    /// @param waitsFor why nothing comes, where that has lasted
    /// @param labels how many labels there are so far: where it grows, their names are to be asked for again
    /// @param recent the newest images, for original and reconstruction side by side
    /// @param events the newest of any kind, newest first
    /// @param marks the events that are marked in the curves, newest first
    record Frame(
            FlowView flow,
            @Nullable String waitsFor,
            int labels,
            List<ModelView> models,
            List<PipelineView> pipelines,
            @Nullable Selected selected,
            List<Member> recent,
            List<EventView> events,
            List<EventView> marks) {}

    /// @param at in milliseconds since 1970
    /// @param images that the model had judged: where it stands on the axis of the curves
    /// @param details what a line can say of it, by name
    record EventView(
            long at,
            String kind,
            String model,
            @Nullable String pipeline,
            long modelVersion,
            long images,
            Map<String, Object> details) {}

    /// @param behind images that are on the topic and not scored yet
    /// @param reachable whether Kafka answered lately
    record FlowView(
            double arrivingPerSecond,
            double scoredPerSecond,
            @Nullable Double latencyP50,
            @Nullable Double latencyP99,
            long behind,
            double images,
            boolean reachable) {}

    record ModelView(
            String model, long version, long publishedAt, int codeSize, boolean decodes, Map<String, Double> losses) {}

    record PipelineView(
            String pipeline,
            String model,
            int k,
            long modelVersion,
            double images,
            Map<String, Double> figures,
            @Nullable QualityPoint point) {}

    /// The clusters of the pipeline that somebody looks at, a page of them where there are many.
    ///
    /// @param window how many recent images sizes and labels were counted over
    record Selected(
            String pipeline,
            String model,
            int k,
            long modelVersion,
            int window,
            int page,
            int pages,
            List<ClusterView> clusters,
            List<StrangeView> strangest) {}

    /// One of the strangest images of the last hour.
    record StrangeView(String id, @Nullable Integer label, double outlier, int cluster) {}

    /// @param labels how many recent members have each label, by its number; those that none has are absent
    record ClusterView(
            int cluster, @Nullable String name, int size, Map<Integer, Integer> labels, List<Member> newest) {}

    record Member(String id, @Nullable Integer label) {}

    /// @param placements by pipeline
    /// @param reconstructions models that can draw it
    record ImageView(
            String id,
            @Nullable Integer label,
            String split,
            int epoch,
            Map<String, PlacementView> placements,
            List<String> reconstructions) {}

    record PlacementView(
            int cluster,
            @Nullable String name,
            double score,
            double margin,
            @Nullable Double outlier,
            long modelVersion,
            boolean trainedOn,
            String scoredAt) {}

    /// What the images are.
    ///
    /// @param labels names of the labels so far, by their numbers
    /// @param width of a picture of one, in pixels
    /// @param height of a picture of one, in pixels
    /// @param vector whether they are vectors, which are drawn as strips
    record DatasetView(String name, List<String> labels, int width, int height, boolean vector) {}

    record HistoryView(List<String> figures, Map<String, List<QualityPoint>> pipelines) {}

    record MembersView(String pipeline, int cluster, List<Member> members) {}

    /// @param computedAt in milliseconds since 1970; 0 while there is no map yet
    record MapView(String model, long version, long computedAt, List<MapPoint> points) {}

    /// @param clusters by pipeline
    record MapPoint(String id, double x, double y, @Nullable Integer label, Map<String, Integer> clusters) {}

    static String json(Object view) {
        try {
            return MAPPER.writeValueAsString(view);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a view cannot be written", fault);
        }
    }
}
