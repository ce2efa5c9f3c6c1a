package weft.standalone;

import java.util.Locale;
import weft.standalone.command.WeftCommand;

/// The `weft` command.
public final class Main {
    private Main() {}

    /// Runs a subcommand and ends the process with its exit code: 0, 1 where it failed while running, 2 where
    /// it was called wrongly.
    public static void main(String[] args) {
        // Before any other class is loaded: ids, file names, JSON and the names of Kafka's own enums must not
        // know a person's language. For every category, whatever WEFT_JAVA_OPTS says.
        Locale.setDefault(Locale.ROOT);
        System.exit(WeftCommand.execute(args));
    }
}
