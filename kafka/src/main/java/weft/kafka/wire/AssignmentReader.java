package weft.kafka.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.Standing;

/// Reads one assignment field by field, without a tree of the whole object.
final class AssignmentReader {
    private @Nullable String imageId;
    private @Nullable Integer epoch;
    private @Nullable String pipeline;
    private @Nullable Long modelVersion;
    private @Nullable Integer cluster;
    private @Nullable String clusterName;
    private @Nullable Double score;
    private @Nullable Double margin;
    private @Nullable Double outlier;
    private @Nullable Integer generation;
    private @Nullable String label;
    private boolean labelIsIndex;
    private @Nullable String labelName;
    private @Nullable String split;
    private @Nullable Boolean trainedOn;
    private @Nullable Integer partition;
    private @Nullable Long offset;
    private @Nullable String eventTime;
    private @Nullable String scoredAt;

    private AssignmentReader() {}

    /// @throws IllegalArgumentException where it is no object or lacks a field
    static AssignmentEvent read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not an assignment: no JSON object");
        }
        AssignmentReader reader = new AssignmentReader();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            reader.field(name, json);
            json.skipChildren();
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("not an assignment: the object does not end");
        }
        return reader.event();
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (name) {
            case "imageId" -> imageId = json.getValueAsString();
            case "epoch" -> epoch = json.getValueAsInt();
            case "pipeline" -> pipeline = json.getValueAsString();
            case "modelVersion" -> modelVersion = json.getValueAsLong();
            case "cluster" -> cluster = json.getValueAsInt();
            case "clusterName" -> clusterName = json.getValueAsString();
            case "score" -> score = json.getValueAsDouble();
            case "margin" -> margin = json.getValueAsDouble();
            case "outlier" -> outlier = json.getValueAsDouble();
            case "generation" -> generation = json.getValueAsInt();
            case "label" -> {
                label = json.getValueAsString();
                labelIsIndex = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() == JsonParser.NumberType.INT;
            }
            case "labelName" -> labelName = json.getValueAsString();
            case "split" -> split = json.getValueAsString();
            case "trainedOn" -> trainedOn = json.getValueAsBoolean();
            case "partition" -> partition = json.getValueAsInt();
            case "offset" -> offset = json.getValueAsLong();
            case "eventTime" -> eventTime = json.getValueAsString();
            case "scoredAt" -> scoredAt = json.getValueAsString();
            default -> {
                // A field of a later version.
            }
        }
    }

    private AssignmentEvent event() {
        return new AssignmentEvent(
                required("imageId", imageId),
                required("epoch", epoch),
                required("pipeline", pipeline),
                required("modelVersion", modelVersion),
                new Assignment(required("cluster", cluster), required("score", score), required("margin", margin)),
                standing(),
                Optional.ofNullable(clusterName),
                label(),
                Split.of(required("split", split)),
                required("trainedOn", trainedOn),
                required("partition", partition),
                required("offset", offset),
                Times.instant(required("eventTime", eventTime)),
                Times.instant(required("scoredAt", scoredAt)));
    }

    private Optional<Standing> standing() {
        return outlier == null || generation == null
                ? Optional.empty()
                : Optional.of(new Standing(outlier, generation));
    }

    private Optional<Label> label() {
        if (label == null) {
            return Optional.empty();
        }
        OptionalInt index = labelIsIndex ? OptionalInt.of(Integer.parseInt(label)) : OptionalInt.empty();
        return Optional.of(new Label(labelName == null ? label : labelName, index));
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("not an assignment: it has no " + name);
        }
        return value;
    }
}
