package weft.scorer.topology;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weft.core.image.Label;
import weft.core.image.LabelIndex;
import weft.kafka.wire.LabelParser;
import weft.scorer.labels.Judgement;
import weft.scorer.labels.LabelDesk;
import weft.scorer.quality.TaskTallies;

/// Counts what a task's images got, once their labels are known.
final class LabelJoin {
    private final LabelDesk desk;
    private final TaskTallies tallies;
    private final LabelParser parser;
    private final ScorerMetrics metrics;
    private int awaitingTold;

    LabelJoin(LabelDesk desk, TaskTallies tallies, LabelParser parser, ScorerMetrics metrics) {
        this.desk = desk;
        this.tallies = tallies;
        this.parser = parser;
        this.metrics = metrics;
        tellAwaiting(desk.images());
    }

    /// The label that came before this image of its id, if one did.
    Optional<Label> earlier(byte[] id) {
        return desk.label(id).map(parser::label);
    }

    /// Counts an image whose label is known.
    ///
    /// @param earlier whether the label came before the image
    void labelled(List<Judgement> judgements, Label label, boolean earlier) {
        judge(judgements, label);
        metrics.labelJoined(earlier ? 1 : 0);
    }

    /// Keeps an image until its label comes.
    void await(byte[] id, List<Judgement> judgements, long now) {
        if (desk.await(id, judgements, now)) {
            tellAwaiting(desk.images());
        } else {
            metrics.imageTurnedAway();
        }
    }

    /// Takes a label of the labels topic in.
    void arrived(byte[] id, Label label, long now) {
        int before = desk.images();
        @Nullable List<Judgement> judgements = desk.arrived(id, label.name(), now);
        if (judgements == null) {
            metrics.labelTurnedAway();
            return;
        }
        judge(judgements, label);
        metrics.labelJoined(before - desk.images());
        tellAwaiting(desk.images());
    }

    private void judge(List<Judgement> judgements, Label label) {
        int number = judgements.isEmpty() ? LabelIndex.UNKNOWN : tallies.number(label);
        if (number == LabelIndex.UNKNOWN) {
            return;
        }
        for (Judgement judgement : judgements) {
            tallies.of(judgement.tally()).judged(judgement.slice(), judgement.cluster(), number);
        }
    }

    /// Lets go of what has waited too long.
    void expire(long now) {
        metrics.labelsUnmatched(desk.expire(now).unmatchedLabels());
        tellAwaiting(desk.images());
    }

    /// Says that nothing waits here any more.
    void close() {
        tellAwaiting(0);
    }

    private void tellAwaiting(int images) {
        metrics.awaiting(images - awaitingTold);
        awaitingTold = images;
    }
}
