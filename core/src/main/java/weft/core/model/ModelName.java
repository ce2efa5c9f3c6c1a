package weft.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names what is trained and published as one: a family and a run of it, as `ae` or `ae@wide`.
///
/// @param family which kind of model
/// @param run one training with its options; [#MAIN] where nobody named it, and then the text leaves it out
public record ModelName(String family, String run) {
    /// The run that has no name of its own.
    public static final String MAIN = "main";

    private static final String WORD = "[a-z][a-z0-9]{0,31}";
    private static final String RUN = "[a-z0-9][a-z0-9-]{0,31}";
    private static final Pattern FORM = Pattern.compile("(" + WORD + ")(?:@(" + RUN + "))?");

    public ModelName {
        if (!family.matches(WORD)) {
            throw new IllegalArgumentException(
                    "a family has 1 to 32 small letters and digits, a letter first, not '" + family + "'");
        }
        checkRun(run);
    }

    /// The main run of a family.
    public static ModelName main(String family) {
        return new ModelName(family, MAIN);
    }

    /// Parses what [#toString] gives.
    ///
    /// @throws IllegalArgumentException that names it
    public static ModelName parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a model is called FAMILY or FAMILY@RUN, not '" + name + "'");
        }
        return new ModelName(matcher.group(1), matcher.group(2) == null ? MAIN : matcher.group(2));
    }

    /// Refuses what cannot name a run.
    ///
    /// @return the name itself
    public static String checkRun(String run) {
        if (!run.matches(RUN)) {
            throw new IllegalArgumentException(
                    "a run has 1 to 32 small letters, digits and dashes, no dash first, not '" + run + "'");
        }
        return run;
    }

    /// Whether nobody named the run.
    public boolean isMain() {
        return run.equals(MAIN);
    }

    /// What stands behind the name of a pipeline or of a family: `@RUN`, nothing for the main run.
    String suffix() {
        return isMain() ? "" : "@" + run;
    }

    /// As of [PipelineName#equals].
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelName name && family.equals(name.family) && run.equals(name.run);
    }

    @Override
    public int hashCode() {
        return 31 * family.hashCode() + run.hashCode();
    }

    @Override
    public String toString() {
        return family + suffix();
    }
}
