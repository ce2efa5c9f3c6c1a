package weft.kafka.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.Standing;

/// One record of the assignments topic: an image, a pipeline and the cluster that it got.
///
/// @param modelVersion version of the snapshot that assigned
/// @param standing of the image in its cluster, where the snapshot tells it
/// @param clusterName majority class of the labelled past of that cluster
/// @param label the true class, where somebody told it
/// @param trainedOn whether that snapshot, or an earlier epoch, had learnt from the image
/// @param partition and `offset` of the image on the images topic
/// @param eventTime when the image was due to be sent
public record AssignmentEvent(
        String imageId,
        int epoch,
        String pipeline,
        long modelVersion,
        Assignment assignment,
        Optional<Standing> standing,
        Optional<String> clusterName,
        Optional<Label> label,
        Split split,
        boolean trainedOn,
        int partition,
        long offset,
        Instant eventTime,
        Instant scoredAt) {
    /// The header of each record that holds the pipeline's name, so that consumers can pick without parsing.
    public static final String PIPELINE_HEADER = "pipeline";

    private static final JsonFactory FACTORY = new JsonFactory();

    /// One whose snapshot tells nothing of its clusters.
    public AssignmentEvent(
            String imageId,
            int epoch,
            String pipeline,
            long modelVersion,
            Assignment assignment,
            Optional<String> clusterName,
            Optional<Label> label,
            Split split,
            boolean trainedOn,
            int partition,
            long offset,
            Instant eventTime,
            Instant scoredAt) {
        this(
                imageId,
                epoch,
                pipeline,
                modelVersion,
                assignment,
                Optional.empty(),
                clusterName,
                label,
                split,
                trainedOn,
                partition,
                offset,
                eventTime,
                scoredAt);
    }

    /// The flat JSON object of `assignment.schema.json`.
    ///
    /// @throws IllegalStateException where score or margin is not finite, which JSON cannot tell
    public byte[] toJson() {
        AssignmentJson json = new AssignmentJson();
        json.image(imageId, epoch, label, split, partition, offset, eventTime, scoredAt);
        return json.of(
                new AssignmentJson.Pipeline(pipeline),
                modelVersion,
                assignment,
                standing,
                clusterName.map(AssignmentJson.ClusterName::new),
                trainedOn);
    }

    /// Reads a value of the assignments topic; fields that are unknown here are passed over.
    ///
    /// @throws IllegalArgumentException where it is no such object
    public static AssignmentEvent fromJson(byte[] value) {
        try (JsonParser json = FACTORY.createParser(value)) {
            return AssignmentReader.read(json);
        } catch (IOException | DateTimeException fault) {
            throw new IllegalArgumentException("not an assignment: " + fault.getMessage(), fault);
        }
    }
}
