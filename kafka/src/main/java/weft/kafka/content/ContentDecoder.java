package weft.kafka.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weft.core.image.Shape;

/// Makes the raw values of an image of one shape from a content of any type.
///
/// What it refuses, it refuses by an [IllegalArgumentException] that says in one line why.
public final class ContentDecoder {
    /// Bytes as [Shape#bytes] has them; what has no type is raw, too.
    public static final String RAW = "application/octet-stream";

    static final String JSON = "application/json";
    private static final int LONGEST_SHOWN = 40;

    private final Shape shape;

    public ContentDecoder(Shape shape) {
        this.shape = shape;
    }

    /// The values of an image, [Shape#bytes] of them.
    ///
    /// @param contentType with or without parameters, as `image/png`; null for raw values
    /// @return `content` itself where it is raw
    public byte[] decode(@Nullable String contentType, byte[] content) {
        String type = contentType == null || contentType.equals(RAW)
                ? RAW
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals(RAW)) {
            return raw(content);
        }
        if (type.equals(JSON)) {
            return JsonValues.read(shape, content);
        }
        Optional<PictureFormat> format = PictureFormat.ofContentType(type);
        if (format.isEmpty()) {
            throw new IllegalArgumentException(
                    "header content-type must be one of " + types() + ", not '" + shown(type) + "'");
        }
        return switch (shape) {
            case Shape.Image image -> Picture.read(format.get(), content).scaledTo(image);
            case Shape.Vector _ ->
                throw new IllegalArgumentException("a stream of vectors of " + shape + " values takes no " + type);
        };
    }

    private byte[] raw(byte[] content) {
        if (content.length != shape.bytes()) {
            throw new IllegalArgumentException("an image has " + shape.bytes() + " bytes, not " + content.length);
        }
        if (shape instanceof Shape.Vector) {
            var values = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            for (int i = 0; i < values.capacity(); i++) {
                if (!Float.isFinite(values.get(i))) {
                    throw new IllegalArgumentException("value " + i + " is " + values.get(i));
                }
            }
        }
        return content;
    }

    private static String types() {
        return Stream.concat(
                        Stream.of(RAW, JSON),
                        Arrays.stream(PictureFormat.values()).map(PictureFormat::contentType))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > LONGEST_SHOWN ? printable.substring(0, LONGEST_SHOWN) + "…" : printable;
    }
}
