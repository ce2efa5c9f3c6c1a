package weft.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Has the newest version of a model serve again, and each that follows.
@Command(
        name = "follow",
        description = "Has the newest version of a model serve again, and each that follows.",
        mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {
    @Mixin
    private final Decision decision = new Decision();

    @Override
    public Integer call() {
        return decision.decide(deployments -> deployments.follow(decision.signature()));
    }
}
