package weft.core.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import weft.core.image.FashionClasses;

/// Reads the values of the labels topic: a class as text digits.
public final class LabelParser {
    private static final int SHOWN = 20;

    private LabelParser() {}

    /// The label, from 0 to [FashionClasses#COUNT] - 1.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no label
    public static int label(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        String text = new String(value, 0, Math.min(value.length, SHOWN), StandardCharsets.UTF_8);
        if (value.length == 1 && value[0] >= '0' && value[0] - '0' < FashionClasses.COUNT) {
            return value[0] - '0';
        }
        throw new IllegalArgumentException("a label is 0 to " + (FashionClasses.COUNT - 1) + " as text, not '"
                + text.replaceAll("\\p{Cntrl}", "?") + "'");
    }
}
