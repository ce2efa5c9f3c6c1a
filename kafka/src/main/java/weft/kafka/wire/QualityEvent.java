package weft.kafka.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import weft.kafka.wire.QualityFigure.Measured;

/// One record of the quality topic: a pipeline's running figures as a flat JSON object.
///
/// A figure that has no images yet is absent.
///
/// @param modelVersion newest version that assigned
/// @param at when it was measured
/// @param figures each at most once; kept in the order of their names
public record QualityEvent(String pipeline, long modelVersion, Instant at, List<Measured> figures) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public QualityEvent {
        figures = figures.stream().sorted(Comparator.comparing(Measured::name)).toList();
        for (int i = 1; i < figures.size(); i++) {
            if (figures.get(i).name().equals(figures.get(i - 1).name())) {
                throw new IllegalArgumentException(figures.get(i).name() + " is there twice");
            }
        }
    }

    /// The value of a figure.
    public OptionalDouble value(QualityFigure figure) {
        return figures.stream()
                .filter(one -> one.figure().equals(figure))
                .mapToDouble(Measured::value)
                .findFirst();
    }

    /// The record's value.
    public byte[] toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("pipeline", pipeline);
        json.put("modelVersion", modelVersion);
        json.put("at", Times.text(at));
        for (Measured one : figures) {
            switch (one.figure().type()) {
                case COUNT -> json.put(one.name(), (long) one.value());
                case NUMBER -> json.put(one.name(), one.value());
            }
        }
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
            List<Measured> figures = json.propertyStream()
                    .filter(field ->
                            field.getValue().isNumber() && !field.getKey().equals("modelVersion"))
                    .map(field -> QualityFigures.named(field.getKey())
                            .of(field.getValue().asDouble()))
                    .toList();
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
