package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.model.SnapshotPass;
import weft.kafka.wire.StreamEvent.Kind;
import weft.trainer.drift.DriftOptions;
import weft.trainer.drift.OnDrift;
import weft.trainer.proto.Checkpoint;

class DriftTest {
    private static final int CHANGE = 18_000;
    private static final MemoryLog STABLE = new MemoryLog(Plans.SMALL, 30_000, 5);
    private static final MemoryLog CHANGING = changing();

    /// Pixels alone, which reports and forgets nothing.
    private static final Reported REPORTED = reported();

    /// From [#CHANGE] on every image is half as bright.
    private static MemoryLog changing() {
        MemoryLog log = new MemoryLog(Plans.SMALL, 30_000, 5);
        for (int offset = CHANGE; offset < log.records(); offset++) {
            Image image = log.image(offset);
            float[] values = new float[Plans.SMALL.values()];
            image.values().toFloats(values, 0);
            byte[] dim = new byte[Plans.SMALL.values()];
            for (int i = 0; i < dim.length; i++) {
                dim[i] = (byte) Math.round(values[i] * 127);
            }
            log.replace(offset, new Image(image.split(), 0, ImageValues.of(Plans.SMALL, dim)));
        }
        return log;
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-6 ae-gmm-5"})
    void aStableStreamRaisesNothing(String pipelines) {
        assertThat(drifts(feed(learner(STABLE, pipelines, OnDrift.REPORT), STABLE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5", "ae-kmeans-6 ae-gmm-5"})
    void aChangeIsToldOnceAndSoIsItsEnd(String pipelines) {
        List<Told> told = pipelines.equals("raw-kmeans-5")
                ? REPORTED.told
                : feed(learner(CHANGING, pipelines, OnDrift.REPORT), CHANGING);

        List<Told> drifts = drifts(told);
        assertThat(drifts).extracting(one -> one.what().kind()).containsExactly(Kind.DRIFT, Kind.DRIFT_OVER);
        Map<String, Object> details = drifts.getFirst().what().details();
        // Each two-hundredth record is no image, so the images are a little fewer than the offsets.
        assertThat(drifts.getFirst().offset()).isBetween(CHANGE + 1L, CHANGE + 1_000L);
        assertThat((Long) details.get("sinceOffset")).isBetween(CHANGE - 1_000L, CHANGE + 500L);
        assertThat((Long) details.get("sinceImages")).isBetween(CHANGE - 1_200L, CHANGE + 500L);
        assertThat((Double) details.get("strength")).isBetween(0.05, 1.0);
        assertThat(details.get("signal")).isIn("shares", "distances", "reconstruction");
        assertThat((List<?>) details.get("examples"))
                .hasSize(5)
                .allMatch(one -> one.toString().matches("0-1[89]\\d{3}"));
        assertThat(details).containsEntry("onDrift", "report");
    }

    @Test
    void killedAndResumedItTellsTheSame() throws InvalidProtocolBufferException {
        List<Told> undisturbed = drifts(feed(learner(CHANGING, "ae-kmeans-6", OnDrift.FORGET), CHANGING));
        List<Told> told = new ArrayList<>();
        ModelLearner learner = learner(CHANGING, "ae-kmeans-6", OnDrift.FORGET);
        int at = 0;
        int kills = 0;
        while (at < CHANGING.records()) {
            Optional<Publication> publication = learner.accept(CHANGING.record(at++));
            if (publication.isPresent()) {
                told.addAll(told(publication.get(), at));
                // The process dies behind each commit, and begins again where that says.
                learner = learner(
                        CHANGING,
                        "ae-kmeans-6",
                        OnDrift.FORGET,
                        Optional.of(Checkpoint.parseFrom(
                                publication.get().checkpoint().toByteArray())));
                at = Math.toIntExact(learner.trainedThrough().getOrDefault(0, 0L));
                kills++;
            }
        }

        assertThat(kills).isGreaterThan(10);
        assertThat(drifts(told)).isEqualTo(undisturbed).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORGET", "REFIT"})
    void whatCameBeforeIsForgotten(OnDrift reaction) {
        ModelLearner forgetting = learner(CHANGING, "raw-kmeans-5", reaction);
        feed(forgetting, CHANGING, 0, CHANGE + 4_000);

        // 4,000 dim images against 15,000 bright ones: who remembers all fits the dim ones worse.
        assertThat(inertia(forgetting)).isLessThan(0.9 * REPORTED.inertia);
    }

    /// The mean squared distance of 500 images that come 4,000 after the change.
    private static double inertia(ModelLearner learner) {
        SnapshotPass pass = new SnapshotPass(learner.snapshot(), _ -> true);
        float[] values = new float[Plans.SMALL.values()];
        double[] sum = new double[1];
        for (int offset = CHANGE + 4_000; offset < CHANGE + 4_500; offset++) {
            CHANGING.image(offset).values().toFloats(values, 0);
            pass.score(values, (_, _, objective) -> sum[0] += objective / 500);
        }
        return sum[0];
    }

    /// @param inertia 4,000 images after the change
    private record Reported(List<Told> told, double inertia) {}

    private static Reported reported() {
        ModelLearner learner = learner(CHANGING, "raw-kmeans-5", OnDrift.REPORT);
        List<Told> told = feed(learner, CHANGING, 0, CHANGE + 4_000);
        double inertia = inertia(learner);
        told.addAll(feed(learner, CHANGING, CHANGE + 4_000, CHANGING.records()));
        return new Reported(told, inertia);
    }

    private record Told(long offset, Happening what) {}

    private static List<Told> feed(ModelLearner learner, MemoryLog log) {
        return feed(learner, log, 0, log.records());
    }

    private static List<Told> feed(ModelLearner learner, MemoryLog log, int from, int to) {
        List<Told> told = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            int after = offset + 1;
            learner.accept(log.record(offset)).ifPresent(publication -> told.addAll(told(publication, after)));
        }
        return told;
    }

    private static List<Told> told(Publication publication, int after) {
        return publication.events().stream().map(one -> new Told(after, one)).toList();
    }

    private static List<Told> drifts(List<Told> told) {
        return told.stream()
                .filter(one -> one.what().kind() == Kind.DRIFT || one.what().kind() == Kind.DRIFT_OVER)
                .toList();
    }

    private static ModelLearner learner(MemoryLog log, String pipelines, OnDrift reaction) {
        return learner(log, pipelines, reaction, Optional.empty());
    }

    private static ModelLearner learner(
            MemoryLog log, String pipelines, OnDrift reaction, Optional<Checkpoint> checkpoint) {
        TrainingOptions usual = TrainingOptions.defaults(3);
        TrainingOptions options = new TrainingOptions(
                3, usual.batch(), usual.publishEvery(), usual.publishSeconds(), new DriftOptions(1_000_000, reaction));
        return new ModelLearner(
                Plans.all(pipelines, options, Map.of(), Plans.SMALL).getFirst(), log, "test", checkpoint);
    }
}
