package weft.standalone;

import weft.standalone.command.WeftCommand;

/// The `weft` command.
public final class Main {
    private Main() {}

    /// Runs a subcommand and ends the process with its exit code: 0, 1 where it failed while running, 2 where
    /// it was called wrongly.
    public static void main(String[] args) {
        System.exit(WeftCommand.execute(args));
    }
}
