package weft.standalone.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.kafka.service.UserError;
import weft.kafka.wire.Gate;

/// Has a run scored beside the one that serves, on the same images.
@Command(
        name = "challenge",
        description = "Has a run scored beside the one that serves, on the same images.",
        mixinStandardHelpOptions = true)
final class ChallengeCommand implements Callable<Integer> {
    @Mixin
    private final Decision decision = new Decision();

    @Option(names = "--run", required = true, paramLabel = "NAME", description = "Which run of the model's family")
    private String run = "";

    @Option(names = "--stop", description = "Ends that")
    private boolean stop;

    @Option(
            names = "--promote-when",
            paramLabel = "GATE",
            description = "Promotes it by itself, as 'prequentialWindowHomogeneity+0.02 for 20000'")
    private @Nullable String gate;

    @Override
    public Integer call() {
        check();
        return decision.decide(deployments -> stop
                ? deployments.stop(run, decision.signature())
                : deployments.challenge(run, Optional.ofNullable(gate), decision.signature()));
    }

    private void check() {
        if (gate == null) {
            return;
        }
        if (stop) {
            throw new UserError("--stop and --promote-when do not go together");
        }
        try {
            Gate.parse(gate);
        } catch (IllegalArgumentException fault) {
            throw new UserError("--promote-when: " + fault.getMessage(), fault);
        }
    }
}
