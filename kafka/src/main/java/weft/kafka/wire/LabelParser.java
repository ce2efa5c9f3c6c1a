package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import weft.core.image.Dataset;
import weft.core.image.Label;

/// Reads a label, in an image's header and on the labels topic alike.
///
/// Where the data set names its classes, a label is the name of one or its index; else it is any text.
public final class LabelParser {
    private static final int MOST_BYTES = 64;

    private final List<Label> classes = new ArrayList<>();
    private final Map<String, Label> named = new HashMap<>();

    /// For a stream of this data set.
    public LabelParser(Dataset dataset) {
        for (String name : dataset.classes()) {
            Label label = new Label(name, OptionalInt.of(classes.size()));
            classes.add(label);
            named.put(name, label);
        }
    }

    /// The label of a record of the labels topic.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no label
    public Label label(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("the value is null");
        }
        return label(new String(value, 0, Math.min(value.length, MOST_BYTES + 1), StandardCharsets.UTF_8));
    }

    /// The label of a text.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no label
    public Label label(String text) {
        return classes.isEmpty() ? found(text) : known(text);
    }

    private Label known(String text) {
        if (Digits.canonical(text) && Integer.parseInt(text) < classes.size()) {
            return classes.get(Integer.parseInt(text));
        }
        Label label = named.get(text);
        if (label == null) {
            throw new IllegalArgumentException("a label is 0 to " + (classes.size() - 1)
                    + " as text or the name of a class, not " + Digits.shown(text));
        }
        return label;
    }

    private static Label found(String text) {
        if (text.isBlank()
                || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                || text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw new IllegalArgumentException(
                    "a label is printable text of 1 to " + MOST_BYTES + " bytes, not " + Digits.shown(text));
        }
        return new Label(text, Digits.canonical(text) ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty());
    }
}
