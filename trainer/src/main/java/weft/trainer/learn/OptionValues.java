package weft.trainer.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was chosen for the options of the families, as text; each family reads its own.
public final class OptionValues {
    private final Map<String, String> values;

    /// @param values by the option's name
    public OptionValues(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /// The defaults of these options, but for what is given.
    public static OptionValues of(List<FamilyOption> options, Map<String, String> given) {
        Map<String, String> all = new HashMap<>();
        options.forEach(option -> all.put(option.name(), option.defaultValue()));
        all.putAll(given);
        return new OptionValues(all);
    }

    /// The text of an option.
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value.strip();
    }

    /// Whether a flag is there.
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /// A number.
    ///
    /// @throws IllegalArgumentException that names the option and the text
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException fault) {
            throw new IllegalArgumentException("--" + name + ": '" + text(name) + "' is not a number", fault);
        }
    }

    /// A whole number.
    ///
    /// @throws IllegalArgumentException that names the option and the text
    public long whole(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException fault) {
            throw new IllegalArgumentException("--" + name + ": '" + text(name) + "' is not a whole number", fault);
        }
    }

    /// One of a few words, in any case.
    ///
    /// @throws IllegalArgumentException that names the option, the text and the words
    public <E extends Enum<E>> E word(String name, List<E> words) {
        String text = text(name);
        return words.stream()
                .filter(word -> word.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--" + name + ": '" + text + "' is none of "
                        + words.stream()
                                .map(word -> word.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
