package weft.standalone.command;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes as people write it: `500MB`, `20GB`, `1TB`, in powers of ten.
///
/// @param text as it was written
record ByteSize(long bytes, String text) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(MB|GB|TB)");
    private static final Map<String, Long> UNITS =
            Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

    static Optional<ByteSize> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new ByteSize(
                        Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1L), matcher.group()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
