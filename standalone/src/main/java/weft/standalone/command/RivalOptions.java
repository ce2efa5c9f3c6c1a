package weft.standalone.command;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.kafka.service.UserError;

/// What serves, and what is scored beside it.
final class RivalOptions {
    @Option(
            names = "--publish-challengers",
            description =
                    "Also emits the assignments of runs that challenge, under pipelines such as raw-kmeans-10@RUN")
    private boolean publishChallengers;

    @Option(
            names = "--max-model-age",
            paramLabel = "TIME",
            description = "Not ready where what serves was published longer ago, as 2h; assignments carry on")
    private @Nullable Duration maxModelAge;

    /// @throws UserError where it is no time
    Optional<Duration> maxModelAge() {
        if (maxModelAge != null && maxModelAge.isZero()) {
            throw new UserError("--max-model-age must be at least 1s, not 0s");
        }
        return Optional.ofNullable(maxModelAge);
    }

    boolean publishChallengers() {
        return publishChallengers;
    }
}
