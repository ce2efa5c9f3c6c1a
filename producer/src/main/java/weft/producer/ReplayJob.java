package weft.producer;

import java.util.Optional;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.ReplayPlan;

/// What is replayed, how often and how fast.
///
/// @param perSecond images a second, 0 for as fast as it goes
public record ReplayJob(LabelledImages data, ReplayPlan plan, int epochs, double perSecond) {
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
