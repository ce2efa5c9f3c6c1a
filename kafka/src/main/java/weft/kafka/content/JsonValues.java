package weft.kafka.content;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import weft.core.image.Shape;

/// An image as a flat JSON array of numbers: whole ones from 0 to 255 for an image, any finite ones for a vector.
final class JsonValues {
    private static final JsonFactory FACTORY = new JsonFactory();

    /// Bytes of JSON for a value: digits enough for any double, a comma, and some space.
    private static final int MOST_BYTES_A_VALUE = 64;

    private JsonValues() {}

    /// The values as they are on the wire.
    ///
    /// @throws IllegalArgumentException that says in one line why these are none
    static byte[] read(Shape shape, byte[] content) {
        int most = 1024 + MOST_BYTES_A_VALUE * shape.values();
        if (content.length > most) {
            throw new IllegalArgumentException(
                    "JSON of an image has at most " + most + " bytes, not " + content.length);
        }
        ByteBuffer values = ByteBuffer.allocate(shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (JsonParser parser = FACTORY.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("JSON of an image is an array of numbers");
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (!parser.currentToken().isNumeric()) {
                    throw new IllegalArgumentException("value " + count + " is no number");
                }
                if (count == shape.values()) {
                    throw new IllegalArgumentException("more than the " + shape.values() + " values of an image");
                }
                put(shape, count++, parser.getDoubleValue(), values);
            }
            if (count < shape.values()) {
                throw new IllegalArgumentException("an image has " + shape.values() + " values, not " + count);
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the array");
            }
            return values.array();
        } catch (IOException e) {
            String message = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException("not JSON: " + message, e);
        }
    }

    private static void put(Shape shape, int index, double value, ByteBuffer target) {
        switch (shape) {
            case Shape.Image _ -> {
                if (value != Math.rint(value) || value < 0 || value > 255) {
                    throw new IllegalArgumentException(
                            "value " + index + " must be a whole number from 0 to 255, not " + value);
                }
                target.put((byte) value);
            }
            case Shape.Vector _ -> {
                if (!Float.isFinite((float) value)) {
                    throw new IllegalArgumentException("value " + index + " is no float32: " + value);
                }
                target.putFloat((float) value);
            }
        }
    }
}
