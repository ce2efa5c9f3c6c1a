package weft.standalone.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a command printed and how it ended, in this JVM, which is warm: for tests that are not about the process.
public record Captured(int exitCode, String out, String err) {
    /// Runs it to its end.
    public static Captured run(List<String> args) {
        return run(args.toArray(String[]::new));
    }

    /// Runs it to its end.
    public static Captured run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream capturedOut = new ByteArrayOutputStream();
        ByteArrayOutputStream capturedErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
            int code = WeftCommand.execute(args);
            return new Captured(
                    code, capturedOut.toString(StandardCharsets.UTF_8), capturedErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /// All that it printed.
    public String log() {
        return out + err;
    }
}
