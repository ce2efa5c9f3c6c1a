package weft.standalone.command;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Has an earlier version of a model serve, until weft follow.
@Command(
        name = "rollback",
        description = "Has an earlier version of a model serve, until weft follow.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private final Decision decision = new Decision();

    @Option(names = "--to", paramLabel = "VERSION", description = "Which (default: the one before what serves)")
    private @Nullable Long to;

    @Override
    public Integer call() {
        OptionalLong target = to == null ? OptionalLong.empty() : OptionalLong.of(to);
        return decision.decide(deployments -> deployments.rollback(target, decision.signature()));
    }
}
