package weft.kafka.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// One record of the quality topic: a pipeline's running figures as a flat JSON object.
///
/// [QualityFigures] has the figures' names and types: `prequentialAccuracy`, `testWindowHomogeneity`. A figure that
/// has no images yet is absent.
///
/// @param modelVersion newest version that assigned
/// @param at when it was measured
/// @param figures by name
public record QualityEvent(String pipeline, long modelVersion, Instant at, Map<String, Double> figures) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public QualityEvent {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }

    /// A figure by its name.
    public OptionalDouble figure(String name) {
        Double value = figures.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /// The record's value.
    public byte[] toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("pipeline", pipeline);
        json.put("modelVersion", modelVersion);
        json.put("at", Times.text(at));
        figures.forEach((name, value) -> {
            if (QualityFigures.isCount(name)) {
                json.put(name, value.longValue());
            } else {
                json.put(name, value);
            }
        });
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Reads a value of the quality topic.
    ///
    /// @throws IllegalArgumentException where it is no such object
    public static QualityEvent fromJson(byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            Map<String, Double> figures = new TreeMap<>();
            json.properties().forEach(field -> {
                if (field.getValue().isNumber() && !field.getKey().equals("modelVersion")) {
                    figures.put(field.getKey(), field.getValue().asDouble());
                }
            });
            return new QualityEvent(
                    json.required("pipeline").asText(),
                    json.required("modelVersion").asLong(),
                    Instant.parse(json.required("at").asText()),
                    figures);
        } catch (IOException | DateTimeException fault) {
            throw new IllegalArgumentException("not a quality record: " + fault.getMessage(), fault);
        }
    }
}
