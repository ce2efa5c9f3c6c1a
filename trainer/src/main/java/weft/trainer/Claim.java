package weft.trainer;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who trains a model: the metadata of the trainer group's committed offsets, so it is committed, or not, with
/// the training itself.
///
/// Each trainer that starts takes the next generation. That tells a trainer that was fenced because its
/// transaction took too long, whose own claim still stands, from one that a newer trainer has replaced.
///
/// @param generation 0 where nobody has claimed the model yet
record Claim(long generation, String trainer) {
    private static final Pattern TEXT = Pattern.compile("trainer ([0-9]{1,18}) ([0-9a-f-]{1,64})");
    private static final Claim NONE = new Claim(0, "");

    /// Reads what is committed; anything else than a claim counts as none.
    static Claim parse(String metadata) {
        Matcher matcher = TEXT.matcher(metadata);
        return matcher.matches() ? new Claim(Long.parseLong(matcher.group(1)), matcher.group(2)) : NONE;
    }

    /// The claim of a trainer that starts now.
    Claim next() {
        return new Claim(generation + 1, UUID.randomUUID().toString());
    }

    /// Whether another trainer started after this one, or at the same time and was faster.
    boolean isReplacedBy(Claim standing) {
        return standing.generation > generation
                || (standing.generation == generation && !standing.trainer.equals(trainer));
    }

    String text() {
        return "trainer " + generation + " " + trainer;
    }
}
