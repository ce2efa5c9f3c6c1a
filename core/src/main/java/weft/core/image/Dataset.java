package weft.core.image;

import java.util.HashSet;
import java.util.List;

/// What all images of a stream have in common.
///
/// @param name by which people know the data
/// @param classes names of the classes in the order of their indexes; empty where nobody has named any
public record Dataset(String name, Shape shape, List<String> classes) {
    /// The most classes, named or found.
    public static final int MOST_CLASSES = 1_000;

    /// The longest name, of the data set or of a class, in characters.
    public static final int LONGEST_NAME = 64;

    public Dataset {
        classes = List.copyOf(classes);
        checkName("the data set's name", name);
        if (classes.size() > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "a data set has at most " + MOST_CLASSES + " classes, not " + classes.size());
        }
        classes.forEach(label -> checkName("a class's name", label));
        var seen = new HashSet<String>();
        for (String label : classes) {
            if (!seen.add(label)) {
                throw new IllegalArgumentException("two classes have the name '" + label + "'");
            }
        }
    }

    private static void checkName(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must have 1 to " + LONGEST_NAME + " printable characters, not '"
                    + name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("\\p{Cntrl}", "?") + "'");
        }
    }
}
