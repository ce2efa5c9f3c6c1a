package weft.kafka.wire;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weft.core.model.ModelName;

/// The key of a record on the models topic: `ae@wide/60000`, a model and a version.
///
/// Earlier releases wrote the model alone, so that a topic held one version of each.
///
/// @param version empty where the key names none
public record SnapshotKey(ModelName model, OptionalLong version) {
    private static final Pattern VERSION = Pattern.compile("(.*)/(0|[1-9][0-9]{0,17})");

    /// The key of one version.
    public static SnapshotKey of(ModelName model, long version) {
        return new SnapshotKey(model, OptionalLong.of(version));
    }

    /// Reads a record's key; empty for what is none.
    public static Optional<SnapshotKey> read(@Nullable String key) {
        try {
            return key == null ? Optional.empty() : Optional.of(parse(key));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /// Parses what [#toString] gives.
    ///
    /// @throws IllegalArgumentException that names it
    public static SnapshotKey parse(String key) {
        Matcher matcher = VERSION.matcher(key);
        return matcher.matches()
                ? of(ModelName.parse(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : new SnapshotKey(ModelName.parse(key), OptionalLong.empty());
    }

    /// Whether a record of this key may hold a version of a model.
    public boolean fits(ModelName name, long number) {
        return model.equals(name) && (version.isEmpty() || version.getAsLong() == number);
    }

    @Override
    public String toString() {
        return model + (version.isPresent() ? "/" + version.getAsLong() : "");
    }
}
