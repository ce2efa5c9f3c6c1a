package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the scripts of `src/test/python`.
final class Python {
    private Python() {}

    /// Runs a script to its end, by a Python that has a module.
    static void run(Path log, String module, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(with(module), "src/test/python/" + script));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /// The system's own Python, which distributions install their packages for, or the PATH's.
    private static String with(String module) throws IOException, InterruptedException {
        String usual = "/usr/bin/python3";
        String program = Files.isExecutable(Path.of(usual))
                ? usual
                : ForeignProgram.require("python3").toString();
        Process probe = new ProcessBuilder(program, "-c", "import " + module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (probe.waitFor() != 0) {
            ForeignProgram.missing("Python's " + module);
        }
        return program;
    }
}
