package weft.kafka.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;

/// One record of the assignments topic: an image, a pipeline and the cluster that it got.
///
/// @param modelVersion version of the snapshot that assigned
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
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// The flat JSON object of `assignment.schema.json`.
    ///
    /// @throws IllegalStateException where score or margin is not finite, which JSON cannot tell
    public byte[] toJson() {
        return toJson(Times.text(eventTime), Times.text(scoredAt));
    }

    /// The same with its times as text, which are the same for every pipeline of an image.
    public byte[] toJson(String eventTimeText, String scoredAtText) {
        if (!Double.isFinite(assignment.score()) || !Double.isFinite(assignment.margin())) {
            throw new IllegalStateException("score and margin must be finite, not " + assignment);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("imageId", imageId);
            json.writeNumberField("epoch", epoch);
            json.writeStringField("pipeline", pipeline);
            int run = pipeline.indexOf('@');
            if (run >= 0) {
                json.writeStringField("run", pipeline.substring(run + 1));
            }
            json.writeNumberField("modelVersion", modelVersion);
            json.writeNumberField("cluster", assignment.cluster());
            if (clusterName.isPresent()) {
                json.writeStringField("clusterName", clusterName.get());
            }
            json.writeNumberField("score", (float) assignment.score());
            json.writeNumberField("margin", (float) assignment.margin());
            if (label.isPresent()) {
                writeLabel(json, label.get());
            }
            json.writeStringField("split", split.id());
            json.writeBooleanField("trainedOn", trainedOn);
            json.writeNumberField("partition", partition);
            json.writeNumberField("offset", offset);
            json.writeStringField("eventTime", eventTimeText);
            json.writeStringField("scoredAt", scoredAtText);
            json.writeEndObject();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return bytes.toByteArray();
    }

    private static void writeLabel(JsonGenerator json, Label label) throws IOException {
        if (label.index().isPresent()) {
            json.writeNumberField("label", label.index().getAsInt());
        } else {
            json.writeStringField("label", label.name());
        }
        json.writeStringField("labelName", label.name());
    }

    private static Optional<Label> label(JsonNode json) {
        JsonNode label = json.get("label");
        if (label == null) {
            return Optional.empty();
        }
        String name = json.path("labelName").asText(label.asText());
        return Optional.of(
                new Label(name, label.canConvertToInt() ? OptionalInt.of(label.asInt()) : OptionalInt.empty()));
    }

    /// Reads a value of the assignments topic; fields that are unknown here are passed over.
    ///
    /// @throws IllegalArgumentException where it is no such object
    public static AssignmentEvent fromJson(byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            return new AssignmentEvent(
                    json.required("imageId").asText(),
                    json.required("epoch").asInt(),
                    json.required("pipeline").asText(),
                    json.required("modelVersion").asLong(),
                    new Assignment(
                            json.required("cluster").asInt(),
                            json.required("score").asDouble(),
                            json.required("margin").asDouble()),
                    Optional.ofNullable(json.get("clusterName")).map(JsonNode::asText),
                    label(json),
                    Split.of(json.required("split").asText()),
                    json.required("trainedOn").asBoolean(),
                    json.required("partition").asInt(),
                    json.required("offset").asLong(),
                    Instant.parse(json.required("eventTime").asText()),
                    Instant.parse(json.required("scoredAt").asText()));
        } catch (IOException | DateTimeException fault) {
            throw new IllegalArgumentException("not an assignment: " + fault.getMessage(), fault);
        }
    }
}
