package weft.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Has another run of a model's family serve in its place.
@Command(
        name = "promote",
        description = "Has another run of a model's family serve in its place.",
        mixinStandardHelpOptions = true)
final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private final Decision decision = new Decision();

    @Option(names = "--run", required = true, paramLabel = "NAME", description = "Which run of the model's family")
    private String run = "";

    @Override
    public Integer call() {
        return decision.decide(deployments -> deployments.promote(run, decision.signature()));
    }
}
