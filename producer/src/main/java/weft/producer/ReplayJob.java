package weft.producer;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Pace;
import weft.producer.replay.ReplayPlan;

/// What is replayed, how often and how fast.
///
public record ReplayJob(LabelledImages data, ReplayPlan plan, int epochs, Pace pace) {
    /// The same, which holds back at full speed until somebody takes the images.
    public ReplayJob once(BooleanSupplier ready) {
        return new ReplayJob(data, plan, epochs, pace.once(ready));
    }

    /// What drift has made of the whole replay; nothing where there is none.
    ///
    /// @param sent images on the topic
    Optional<String> summary(long sent) {
        if (plan.drifts().isEmpty()) {
            return Optional.empty();
        }
        long planned = (long) epochs * plan.size();
        String never = plan.drifts()
                .beyond(sent)
                .map(drift -> "; " + drift + " was never reached")
                .orElse("");
        return Optional.of(
                "drift " + plan.drifts() + ": " + sent + " images sent, " + (planned - sent) + " left out" + never);
    }
}
