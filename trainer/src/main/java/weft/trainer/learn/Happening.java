package weft.trainer.learn;

import java.util.Map;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.kafka.wire.StreamEvent;
import weft.trainer.drift.Alarm;
import weft.trainer.drift.OnDrift;

/// An event as the learner raises it, which has no clock.
///
/// @param pipeline where it concerns one
/// @param details as in [StreamEvent]
public record Happening(StreamEvent.Kind kind, Optional<PipelineName> pipeline, Map<String, Object> details) {
    public Happening {
        details = Map.copyOf(details);
    }

    /// The stream has changed.
    static Happening drift(Alarm alarm, OnDrift reaction) {
        return new Happening(
                StreamEvent.Kind.DRIFT,
                Optional.empty(),
                Map.of(
                        "signal", alarm.signal(),
                        "strength", alarm.strength(),
                        "sinceImages", alarm.since(),
                        "sincePartition", alarm.sincePartition(),
                        "sinceOffset", alarm.sinceOffset(),
                        "examples", alarm.examples(),
                        "onDrift", reaction.id()));
    }

    /// The training has failed.
    public static Happening divergence(DivergedException why) {
        return new Happening(
                StreamEvent.Kind.DIVERGENCE, Optional.empty(), Map.of("why", String.valueOf(why.getMessage())));
    }

    /// The stream is stable again.
    static Happening driftOver() {
        return new Happening(StreamEvent.Kind.DRIFT_OVER, Optional.empty(), Map.of());
    }
}
