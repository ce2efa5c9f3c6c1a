package weft.core.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Numbers the labels of a stream from 0: the named classes in their order, others as they come; for one thread.
public final class LabelIndex {
    /// What [#of] gives where there are too many labels.
    public static final int UNKNOWN = -1;

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /// Begins with the classes that the data set names.
    public LabelIndex(List<String> classes) {
        names = new ArrayList<>(classes);
        for (int i = 0; i < classes.size(); i++) {
            numbers.put(classes.get(i), i);
        }
    }

    /// The number of a label, a new one where it has not come before; [#UNKNOWN] from the label on that would be one
    /// more than [Dataset#MOST_CLASSES].
    public int of(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() == Dataset.MOST_CLASSES) {
            return UNKNOWN;
        }
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /// The number of a label, as [#of(String)] gives it; empty where there is no label, or too many.
    public OptionalInt of(Optional<Label> label) {
        int number = label.map(one -> of(one.name())).orElse(UNKNOWN);
        return number == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// Every name by its number.
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }
}
