package weft.kafka.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weft.core.image.Dataset;
import weft.core.image.Shape;

/// Data sets as JSON, as they stand on the data set topic.
public final class DatasetCodec {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private DatasetCodec() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record DatasetJson(
            @Nullable String name,
            @Nullable ShapeJson shape,
            @Nullable List<String> classes) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ShapeJson(
            @Nullable String kind,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Integer channels,
            @Nullable Integer dimension) {}

    /// One JSON object: `name`, `shape` and, where they are known, `classes`.
    public static byte[] toJson(Dataset dataset) {
        ShapeJson shape = switch (dataset.shape()) {
            case Shape.Image image -> new ShapeJson("image", image.width(), image.height(), image.channels(), null);
            case Shape.Vector vector -> new ShapeJson("vector", null, null, null, vector.dimension());
        };
        try {
            return MAPPER.writeValueAsBytes(
                    new DatasetJson(dataset.name(), shape, dataset.classes().isEmpty() ? null : dataset.classes()));
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a data set is always JSON", fault);
        }
    }

    /// Reads a value of the data set topic.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no data set
    public static Dataset fromJson(byte @Nullable [] json) {
        if (json == null) {
            throw new IllegalArgumentException("the value is null");
        }
        DatasetJson read;
        try {
            read = MAPPER.readValue(json, DatasetJson.class);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("not the JSON of a data set: " + fault.getOriginalMessage(), fault);
        } catch (IOException fault) {
            throw new IllegalArgumentException("not the JSON of a data set", fault);
        }
        if (read == null) {
            throw new IllegalArgumentException("not the JSON of a data set");
        }
        return new Dataset(
                present("name", read.name()),
                shape(present("shape", read.shape())),
                read.classes() == null ? List.of() : read.classes());
    }

    private static Shape shape(ShapeJson shape) {
        String kind = present("shape.kind", shape.kind());
        return switch (kind) {
            case "image" ->
                new Shape.Image(
                        present("shape.width", shape.width()),
                        present("shape.height", shape.height()),
                        shape.channels() == null ? 1 : shape.channels());
            case "vector" -> new Shape.Vector(present("shape.dimension", shape.dimension()));
            default ->
                throw new IllegalArgumentException("shape.kind must be image or vector, not " + Digits.shown(kind));
        };
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
