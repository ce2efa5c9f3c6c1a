package weft.scorer.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.Gate;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.StreamEvent;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.Rival;
import weft.scorer.models.Seat;
import weft.scorer.models.Slot;
import weft.scorer.quality.FigureLead;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.TallyName;

/// Judges challengers by their gates where the global figures are made, and promotes who passes, once.
///
/// What it remembers is of one process: after a restart a lead is counted from its beginning. It goes by the deployment
/// that was read here, and may overwrite a command's that was committed a moment ago.
final class GateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);
    private static final String BY = "gate";

    private final ModelRegistry models;
    private final FigureLead leads;
    private final Random random = new Random(1);
    private final Clock clock;
    private final Map<TallyName, Trial.Told> told = new HashMap<>();
    private final Map<Attempt, Trial> trials = new HashMap<>();
    private final Map<ModelName, Instant> decided = new HashMap<>();

    private record Attempt(ModelName model, String run, String gate) {}

    /// What is to be written, as one.
    record Promotion(Deployment deployment, StreamEvent event) {}

    GateKeeper(ModelRegistry models, GlobalQuality quality, Clock clock) {
        this.models = models;
        leads = new FigureLead(quality, random);
        this.clock = clock;
    }

    /// Forgets all that was measured.
    void reset() {
        told.clear();
        trials.clear();
        decided.clear();
    }

    /// Takes a pipeline's newest figures.
    void told(TallyName tally, Trial.Told figures) {
        told.put(tally, figures);
    }

    /// Looks at every challenger that has a gate, after all that is new was told.
    void judge(Consumer<Promotion> promoted) {
        Map<Attempt, Trial> going = new HashMap<>();
        for (Slot slot : models.slots()) {
            Deployment deployment = models.deployment(slot.model()).orElseThrow();
            if (deployment.at().equals(decided.get(slot.model()))) {
                // What was decided here has not come back yet.
                continue;
            }
            for (Map.Entry<String, String> entry : deployment.gates().entrySet()) {
                Attempt attempt = new Attempt(slot.model(), entry.getKey(), entry.getValue());
                Trial trial = trials.get(attempt);
                if (trial == null) {
                    trial = new Trial(Gate.parse(entry.getValue()), leads, random);
                }
                going.put(attempt, trial);
                Optional<Map<PipelineName, Trial.Pair>> pairs = pairs(slot, entry.getKey());
                if (pairs.isPresent() && trial.passes(pairs.get())) {
                    decided.put(slot.model(), deployment.at());
                    promoted.accept(promotion(slot, deployment, attempt));
                    break;
                }
            }
        }
        trials.clear();
        trials.putAll(going);
    }

    /// Both sides of every pipeline; empty before all are told.
    private Optional<Map<PipelineName, Trial.Pair>> pairs(Slot slot, String run) {
        Map<PipelineName, Trial.Pair> pairs = new LinkedHashMap<>();
        for (Seat seat : slot.champion().seating().seats()) {
            PipelineName pipeline = seat.tally().pipeline();
            Trial.Told champion = told.get(seat.tally());
            Trial.Told challenger = told.get(new TallyName(pipeline, run));
            if (champion == null || challenger == null) {
                return Optional.empty();
            }
            pairs.put(pipeline, new Trial.Pair(challenger, champion));
        }
        return Optional.of(pairs);
    }

    private Promotion promotion(Slot slot, Deployment deployment, Attempt attempt) {
        ModelName rival = deployment.rival(attempt.run());
        long from = version(slot.champion());
        long version = slot.challengers().stream()
                .filter(one -> one.seating().model().equals(rival))
                .mapToLong(GateKeeper::version)
                .findFirst()
                .orElse(0);
        Deployment next = deployment
                .serving(attempt.run(), OptionalLong.empty())
                .remembering(deployment.serving(), from)
                .remembering(rival, version)
                .signed(clock.instant(), BY, attempt.gate());
        Map<String, Object> details = Map.of(
                "run", attempt.run(), "fromRun", deployment.run(), "from", from, "by", BY, "why", attempt.gate());
        LOG.info("model {} is served by {} from now on: {}", slot.model(), rival, attempt.gate());
        return new Promotion(
                next,
                new StreamEvent(
                        next.at(),
                        StreamEvent.Kind.PROMOTION,
                        slot.model().toString(),
                        version,
                        judged(slot),
                        Optional.empty(),
                        details));
    }

    private static long version(Rival rival) {
        List<Snapshot> snapshots = rival.newestFirst();
        return snapshots.isEmpty() ? 0 : snapshots.getFirst().version();
    }

    private long judged(Slot slot) {
        return slot.champion().seating().seats().stream()
                .map(seat -> told.get(seat.tally()))
                .filter(figures -> figures != null)
                .mapToLong(figures ->
                        (long) figures.event().value(QualityFigures.IMAGES).orElse(0))
                .max()
                .orElse(0);
    }
}
