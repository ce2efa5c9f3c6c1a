package weft.standalone.command;

import java.util.Optional;
import picocli.CommandLine.Option;
import weft.scorer.lookup.LookupRoutes;

/// Whether a scorer answers questions over HTTP.
final class LookupOption {
    @Option(
            names = "--lookup",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Answer look-ups under /v1/ of the metrics port, for which every assignment is read"
                    + " (default: ${DEFAULT-VALUE})")
    private boolean wanted = true;

    Optional<LookupRoutes> routes() {
        return wanted ? Optional.of(new LookupRoutes()) : Optional.empty();
    }
}
