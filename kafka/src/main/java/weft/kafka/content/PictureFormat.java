package weft.kafka.content;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The formats of pictures that are read.
public enum PictureFormat {
    PNG("image/png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "ffd8ff");

    private final String contentType;
    private final String start;

    /// @param start of every file, in hexadecimal
    PictureFormat(String contentType, String start) {
        this.contentType = contentType;
        this.start = start;
    }

    public String contentType() {
        return contentType;
    }

    static Optional<PictureFormat> ofContentType(String contentType) {
        return Arrays.stream(values())
                .filter(format -> format.contentType.equals(contentType))
                .findFirst();
    }

    /// Whether a file begins as this format does.
    boolean begins(byte[] content) {
        int bytes = start.length() / 2;
        return content.length >= bytes
                && HexFormat.of().formatHex(content, 0, bytes).equals(start);
    }
}
