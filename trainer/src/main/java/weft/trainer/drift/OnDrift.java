package weft.trainer.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a training does once it has noticed that the stream has changed.
public enum OnDrift {
    /// It says so, and learns on as before.
    REPORT,
    /// It forgets what came before the change, and remembers less until the stream is stable again.
    FORGET,
    /// It forgets as [#FORGET], and fits its clusterers anew to what has come since; ids are kept by overlap.
    REFIT;

    /// As a user writes it.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of an id.
    ///
    /// @throws IllegalArgumentException that names it and those that there are
    public static OnDrift of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("on-drift must be "
                        + Arrays.stream(values()).map(OnDrift::id).collect(Collectors.joining(", ")) + ", not '" + id
                        + "'"));
    }
}
