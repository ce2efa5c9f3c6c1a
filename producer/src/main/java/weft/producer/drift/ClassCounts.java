package weft.producer.drift;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many images of a replay have which label.
///
/// @param classes names in the order of their indexes, if there are any
/// @param images by label as it stands on the wire; without a label by the empty text
public record ClassCounts(List<String> classes, Map<String, Integer> images) {
    private static final int MOST_NAMED = 20;

    public ClassCounts {
        classes = List.copyOf(classes);
        images = Map.copyOf(images);
    }

    /// The label of the images of a class.
    ///
    /// @param name of the class or its index
    /// @throws IllegalArgumentException where there is no such class
    String label(String name) {
        if (images.containsKey(name)) {
            return name;
        }
        int index = classes.indexOf(name);
        if (index >= 0) {
            return Integer.toString(index);
        }
        if (name.matches("\\d{1,4}") && Integer.parseInt(name) < classes.size()) {
            return Integer.toString(Integer.parseInt(name));
        }
        throw new IllegalArgumentException("unknown class '" + name + "': " + known());
    }

    private String known() {
        List<String> all = classes.isEmpty()
                ? new TreeMap<>(images)
                        .keySet().stream().filter(label -> !label.isEmpty()).toList()
                : classes;
        return all.isEmpty()
                ? "the images have no labels"
                : "the classes are " + all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (all.size() > MOST_NAMED ? ", …" : "");
    }
}
