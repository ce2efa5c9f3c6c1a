package weft.producer.dataset;

import java.util.Arrays;
import java.util.Objects;
import weft.core.image.Shape;

/// Images of one shape, one after the other in one array.
final class RawImages {
    private final String name;
    private final Shape shape;
    private final int count;
    private final byte[] content;
    private final int offset;

    /// @param name of their file, for messages
    /// @param content not changed any more by whoever made it
    /// @param offset of the first image
    RawImages(String name, Shape shape, int count, byte[] content, int offset) {
        this.name = name;
        this.shape = shape;
        this.count = count;
        this.content = content;
        this.offset = offset;
    }

    String name() {
        return name;
    }

    Shape shape() {
        return shape;
    }

    int count() {
        return count;
    }

    /// A fresh copy of the bytes of one image.
    byte[] item(int index) {
        int from = offset + Objects.checkIndex(index, count) * shape.bytes();
        return Arrays.copyOfRange(content, from, from + shape.bytes());
    }
}
