package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.trainer.cluster.Follow;
import weft.trainer.proto.Checkpoint;

/// However often a training is killed, it ends with the bytes of an undisturbed one.
class ResumeTest {
    /// Past the stage at ten thousand images, where the mixture becomes stepwise.
    private static final MemoryLog SMALL = new MemoryLog(Plans.SMALL, 13_000, 1);

    private static final MemoryLog SKETCHED = new MemoryLog(Plans.SKETCHED, 13_000, 1);

    /// Trainings that nobody disturbed, by their pipelines; nothing more is fed to them.
    private static final Map<String, ModelLearner> UNDISTURBED = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5 raw-kmeans-64", "ae-kmeans-6 ae-gmm-5"})
    void killedAtRandomItEndsWithTheSameBytes(String pipelines) throws InvalidProtocolBufferException {
        killedAtRandomItEndsWithTheSameBytes(plan(pipelines), undisturbed(pipelines));
    }

    @ParameterizedTest
    @EnumSource(
            value = Follow.class,
            names = {"DECAY", "REFIT"})
    void soItDoesHoweverClustersFollow(Follow follow) throws InvalidProtocolBufferException {
        Map<String, String> options = Map.of(
                "layers",
                "64-20-8",
                "learning-rate-half-life",
                "100",
                "noise",
                ".2",
                "normalise-codes",
                "true",
                "follow",
                follow.name());
        ModelPlan plan = Plans.all("ae-kmeans-6 ae-gmm-5", TrainingOptions.defaults(3), options, Plans.SMALL)
                .getFirst();
        killedAtRandomItEndsWithTheSameBytes(plan, whole(plan));
    }

    private static void killedAtRandomItEndsWithTheSameBytes(ModelPlan plan, ModelLearner undisturbed)
            throws InvalidProtocolBufferException {
        byte[] expected = Plans.CODEC.encode(undisturbed.snapshot());

        MemoryLog stream = stream(plan);
        Random random = new Random(17);
        ModelLearner learner = start(plan, Optional.empty());
        int at = 0;
        int kills = 0;
        while (at < stream.records()) {
            int commit = Math.min(at + random.nextInt(3_000), stream.records());
            stream.feed(learner, at, commit);
            byte[] checkpoint = learner.checkpoint().toByteArray();
            // What is learnt after the commit is lost with the process.
            stream.feed(learner, commit, Math.min(commit + random.nextInt(300), stream.records()));
            learner = start(plan, Optional.of(Checkpoint.parseFrom(checkpoint)));
            assertThat(learner.checkpoint().toByteArray()).isEqualTo(checkpoint);
            at = commit == stream.records() ? commit : through(learner);
            assertThat(at).isBetween(commit - 100, commit);
            kills++;
        }

        assertThat(kills).isGreaterThan(5);
        assertThat(learner.imagesSeen()).isEqualTo(undisturbed.imagesSeen()).isGreaterThan(10_500);
        assertThat(learner.losses()).isEqualTo(undisturbed.losses());
        assertThat(Plans.CODEC.encode(learner.snapshot())).isEqualTo(expected);
    }

    /// A publication comes when the clock says so, too.
    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5 raw-kmeans-64", "ae-kmeans-6 ae-gmm-5"})
    void whoAsksForASnapshotChangesNothing(String pipelines) throws InvalidProtocolBufferException {
        ModelPlan plan = plan(pipelines);
        MemoryLog stream = stream(plan);
        ModelLearner asked = start(plan, Optional.empty());
        ModelLearner left = undisturbed(pipelines);
        for (int at = 0; at < stream.records(); at += 2_500) {
            stream.feed(asked, at, Math.min(at + 2_500, stream.records()));
            if (asked.ready()) {
                byte[] before = asked.checkpoint().toByteArray();
                assertThat(asked.snapshot().facts()).hasSize(2);
                assertThat(asked.checkpoint().toByteArray()).isEqualTo(before);
            }
        }
        assertThat(asked.checkpoint().toByteArray()).isEqualTo(left.checkpoint().toByteArray());
        assertThat(Plans.CODEC.encode(asked.snapshot())).isEqualTo(Plans.CODEC.encode(left.snapshot()));

        // One of an earlier release tells nothing of its clusters, and has to look, also between two looks.
        assertLookingChangesNothing(plan, left.checkpoint());
        ModelLearner between = start(plan, Optional.empty());
        stream.feed(between, 0, 11_000);
        assertLookingChangesNothing(plan, between.checkpoint());
    }

    private static void assertLookingChangesNothing(ModelPlan plan, Checkpoint checkpoint)
            throws InvalidProtocolBufferException {
        Checkpoint.Builder older = checkpoint.toBuilder();
        older.getPipelinesBuilderList().forEach(pipeline -> pipeline.clearTold().clearToldReseeds());
        ModelLearner upgraded = start(plan, Optional.of(older.build()));
        assertThat(upgraded.snapshot().facts()).hasSize(2);
        assertThat(upgraded.checkpoint().toByteArray()).isEqualTo(older.build().toByteArray());
    }

    /// A replay at full speed publishes some of its milestones, and learns what one does that publishes all.
    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-5 raw-kmeans-6", "ae-kmeans-6 ae-gmm-5"})
    void milestonesThatAreNotPublishedAtOnceChangeNothing(String pipelines) {
        ModelPlan plan = Plans.of(pipelines, Plans.SMALL);
        MemoryLog stream = new MemoryLog(Plans.SMALL, 40_000, 1);
        ModelLearner all = start(plan, Optional.empty());
        ModelLearner few = start(plan, Optional.empty());
        List<Long> published = new ArrayList<>();
        List<Long> waited = new ArrayList<>();
        for (int offset = 0; offset < stream.records(); offset++) {
            Optional<Publication> publication = few.accept(stream.record(offset), () -> Duration.ofMillis(499));
            if (publication.isPresent()) {
                published.add(few.imagesSeen());
            }
            if (all.accept(stream.record(offset)).isPresent() && publication.isEmpty()) {
                waited.add(all.imagesSeen());
                assertThat(few.overdue(Duration.ofMillis(499))).isEmpty();
            }
            if (few.imagesSeen() > 30_000 && waited.size() > 5) {
                Publication late = few.overdue(Duration.ofMillis(500)).orElseThrow();
                published.add(late.snapshot().orElseThrow().version());
                waited.clear();
                assertThat(few.overdue(Duration.ofMillis(500))).as("published").isEmpty();
                few = new ModelLearner(plan, stream, "test", Optional.of(late.checkpoint()));
            }
        }

        assertThat(published)
                .startsWith(512L, 2_048L, 4_032L, 5_056L)
                .endsWith(16_000L, 18_048L, 30_016L, all.imagesSeen());
        assertThat(waited).containsExactly(32_000L, 34_048L);
        assertThat(few.checkpoint()).isEqualTo(all.checkpoint());
        assertThat(Plans.CODEC.encode(few.snapshot())).isEqualTo(Plans.CODEC.encode(all.snapshot()));
    }

    private static ModelPlan plan(String pipelines) {
        return Plans.of(pipelines, pipelines.startsWith("raw") ? Plans.SKETCHED : Plans.SMALL);
    }

    private static MemoryLog stream(ModelPlan plan) {
        return plan.shape().equals(Plans.SKETCHED) ? SKETCHED : SMALL;
    }

    private static ModelLearner undisturbed(String pipelines) {
        return UNDISTURBED.computeIfAbsent(pipelines, names -> whole(plan(names)));
    }

    private static ModelLearner whole(ModelPlan plan) {
        ModelLearner learner = start(plan, Optional.empty());
        MemoryLog stream = stream(plan);
        stream.feed(learner, 0, stream.records());
        return learner;
    }

    private static ModelLearner start(ModelPlan plan, Optional<Checkpoint> checkpoint) {
        return new ModelLearner(plan, stream(plan), "test", checkpoint);
    }

    private static int through(ModelLearner learner) {
        return learner.trainedThrough().getOrDefault(0, 0L).intValue();
    }
}
