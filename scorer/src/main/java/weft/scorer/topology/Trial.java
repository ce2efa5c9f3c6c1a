package weft.scorer.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import weft.core.model.PipelineName;
import weft.kafka.wire.Gate;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigures;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.FigureLead;
import weft.scorer.quality.Lead;

/// One challenger before its gate: since when it leads, and whether that is more than chance.
final class Trial {
    /// Fewer measurements say nothing of their spread.
    private static final int FEWEST_BLOCKS = 30;

    private static final int MOST_BLOCKS = 4_096;

    private final Gate gate;
    private final FigureLead leads;
    private final Random random;
    private final Map<PipelineName, List<Double>> blocks = new HashMap<>();
    private final Map<PipelineName, Pair> before = new HashMap<>();
    private long leadsSince = -1;
    private long nextLook;

    /// What is told of one pipeline.
    record Told(QualityEvent event, Collection<QualityPartial> partials) {}

    /// The two sides of one pipeline.
    record Pair(Told challenger, Told champion) {}

    Trial(Gate gate, FigureLead leads, Random random) {
        this.gate = gate;
        this.leads = leads;
        this.random = random;
    }

    /// Takes the newest figures of every pipeline.
    ///
    /// @return whether the challenger has passed
    boolean passes(Map<PipelineName, Pair> pairs) {
        Map<PipelineName, Pair> having = new HashMap<>(pairs);
        having.values().removeIf(pair -> !has(pair));
        having.forEach(this::measure);
        if (having.isEmpty() || !having.values().stream().allMatch(this::leads)) {
            leadsSince = -1;
            blocks.clear();
            return false;
        }
        long judged = having.values().stream()
                .mapToLong(pair -> images(pair.challenger()))
                .min()
                .orElseThrow();
        if (leadsSince < 0) {
            leadsSince = judged;
            nextLook = judged + gate.images();
        }
        if (judged < nextLook) {
            return false;
        }
        // The next look where this one says no.
        nextLook = judged + Math.max(1, gate.images() / 10);
        return having.entrySet().stream().allMatch(one -> real(one.getKey(), one.getValue()));
    }

    private boolean has(Pair pair) {
        return value(pair.challenger()).isPresent() || value(pair.champion()).isPresent();
    }

    private OptionalDouble value(Told told) {
        return told.event().value(gate.figure());
    }

    private static long images(Told told) {
        return (long) told.event().value(QualityFigures.IMAGES).orElse(0);
    }

    private boolean leads(Pair pair) {
        OptionalDouble challenger = value(pair.challenger());
        OptionalDouble champion = value(pair.champion());
        return challenger.isPresent()
                && champion.isPresent()
                && FigureLead.enough(gate.figure(), pair.challenger().event())
                && FigureLead.enough(gate.figure(), pair.champion().event())
                && gate.leads(challenger.getAsDouble(), champion.getAsDouble());
    }

    private boolean real(PipelineName pipeline, Pair pair) {
        return leads.of(
                        gate.figure(),
                        pair.challenger().partials(),
                        pair.champion().partials())
                .map(lead -> lead.real(gate.falls()))
                .orElseGet(() -> {
                    List<Double> measured = blocks.getOrDefault(pipeline, List.of());
                    return measured.size() >= FEWEST_BLOCKS
                            && Lead.of(measured, random).real(gate.falls());
                });
    }

    /// Of a mean, what it was over the images since the measurement before, on both sides.
    private void measure(PipelineName pipeline, Pair now) {
        Pair last = before.put(pipeline, now);
        if (last == null) {
            return;
        }
        double challenger = since(last.challenger(), now.challenger(), gate.figure());
        double champion = since(last.champion(), now.champion(), gate.figure());
        if (Double.isFinite(challenger - champion)) {
            List<Double> all = blocks.computeIfAbsent(pipeline, _ -> new ArrayList<>());
            all.add(challenger - champion);
            if (all.size() > MOST_BLOCKS) {
                all.removeFirst();
            }
        }
    }

    private static double since(Told last, Told now, QualityFigure figure) {
        double images = images(now);
        double earlier = images(last);
        OptionalDouble mean = now.event().value(figure);
        OptionalDouble before = last.event().value(figure);
        return mean.isPresent() && before.isPresent() && images > earlier
                ? (mean.getAsDouble() * images - before.getAsDouble() * earlier) / (images - earlier)
                : Double.NaN;
    }
}
