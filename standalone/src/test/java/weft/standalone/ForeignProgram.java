package weft.standalone;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A program that is not part of Weft and that a test runs.
///
/// Where it is not installed the test is skipped; in CI, where `CI=true`, it fails.
public final class ForeignProgram {
    private ForeignProgram() {}

    /// The program's file, from the PATH.
    public static Path require(String name) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            missing(name);
        }
        return found.orElseThrow();
    }

    /// Skips the test, or fails it in CI.
    public static void missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail(what + " is not installed, and CI has to run every test");
        }
        Assumptions.abort(what + " is not installed");
    }
}
