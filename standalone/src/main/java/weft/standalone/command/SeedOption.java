package weft.standalone.command;

import picocli.CommandLine.Option;

/// The one seed of everything that is random.
final class SeedOption {
    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "Of everything that is random (default: ${DEFAULT-VALUE})")
    private long seed = 42;

    long seed() {
        return seed;
    }
}
