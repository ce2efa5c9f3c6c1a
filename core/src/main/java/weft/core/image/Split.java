package weft.core.image;

import java.util.Locale;

/// The part of the data set that an image belongs to: trainers never learn from [#TEST].
public enum Split {
    TRAIN,
    TEST;

    private final String id = name().toLowerCase(Locale.ROOT);

    /// The name on the wire: `train` or `test`.
    public String id() {
        return id;
    }

    /// The split of a wire name.
    ///
    /// @throws IllegalArgumentException for any other name
    public static Split of(String id) {
        return switch (id) {
            case "train" -> TRAIN;
            case "test" -> TEST;
            default -> throw new IllegalArgumentException("split must be train or test, not '" + id + "'");
        };
    }
}
