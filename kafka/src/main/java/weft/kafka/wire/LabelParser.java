package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import weft.core.image.FashionClasses;

/// Reads a label, in an image's header and on the labels topic alike: a class as text digits.
public final class LabelParser {
    private static final int READ = 64;

    private LabelParser() {}

    /// The label of a record of the labels topic.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no label
    public static int label(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        return label(new String(value, 0, Math.min(value.length, READ), StandardCharsets.UTF_8));
    }

    /// The label, from 0 to [FashionClasses#COUNT] - 1.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no label
    static int label(String text) {
        if (Digits.canonical(text) && Integer.parseInt(text) < FashionClasses.COUNT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "a label is 0 to " + (FashionClasses.COUNT - 1) + " as text, not " + Digits.shown(text));
    }
}
