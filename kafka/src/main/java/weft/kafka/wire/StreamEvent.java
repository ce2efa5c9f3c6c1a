package weft.kafka.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One record of the events topic: something that happened to the stream or to a model, as a JSON object.
///
/// @param model that it happened to, or whose eyes saw it
/// @param modelVersion of the model then, 0 before its first snapshot
/// @param imagesSeen how many images the model had judged when the event was raised
/// @param pipeline where it concerns one
/// @param details of its kind, by name: texts, numbers, truth values, or lists of them
public record StreamEvent(
        Instant at,
        Kind kind,
        String model,
        long modelVersion,
        long imagesSeen,
        Optional<String> pipeline,
        Map<String, Object> details) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public StreamEvent {
        details = Map.copyOf(details);
    }

    /// What happened.
    public enum Kind {
        /// The stream is no longer what the model learnt.
        DRIFT,
        /// The stream is stable again.
        DRIFT_OVER,
        /// A cluster was placed where there was none.
        BIRTH,
        /// A cluster ended.
        DEATH,
        /// One cluster became two.
        SPLIT,
        /// Two clusters became one.
        MERGE,
        /// An earlier version serves again.
        ROLLBACK,
        /// Another run serves, or the newest version again.
        PROMOTION,
        /// A run is scored beside the one that serves.
        CHALLENGE,
        /// A training failed and publishes nothing more.
        DIVERGENCE;

        /// As it stands in the record: `drift-over`.
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The kind of an id.
        ///
        /// @throws IllegalArgumentException that names it and those that there are
        public static Kind of(String id) {
            return Arrays.stream(values())
                    .filter(kind -> kind.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown kind of event '" + id + "': known are "
                            + String.join(
                                    ", ", Arrays.stream(values()).map(Kind::id).toList())));
        }
    }

    /// The record's key: the pipeline where there is one, or else the model.
    public String key() {
        return pipeline.orElse(model);
    }

    /// The JSON object of `event.schema.json`.
    public byte[] toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("at", Times.text(at));
        json.put("kind", kind.id());
        pipeline.ifPresent(name -> json.put("pipeline", name));
        json.put("model", model);
        json.put("modelVersion", modelVersion);
        json.put("imagesSeen", imagesSeen);
        details.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(detail -> json.set(detail.getKey(), MAPPER.valueToTree(detail.getValue())));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Reads a value of the events topic.
    ///
    /// @throws IllegalArgumentException where it is no such object
    public static StreamEvent fromJson(byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            Map<String, Object> details = new LinkedHashMap<>();
            json.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    details.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class));
                }
            });
            details.keySet().removeAll(Set.of("at", "kind", "pipeline", "model", "modelVersion", "imagesSeen"));
            return new StreamEvent(
                    Times.parse(json.required("at").asText()),
                    Kind.of(json.required("kind").asText()),
                    json.required("model").asText(),
                    json.required("modelVersion").asLong(),
                    json.required("imagesSeen").asLong(),
                    Optional.ofNullable(json.get("pipeline")).map(JsonNode::asText),
                    details);
        } catch (IOException | DateTimeException fault) {
            throw new IllegalArgumentException("not an event: " + fault.getMessage(), fault);
        }
    }
}
