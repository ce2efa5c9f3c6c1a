package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;
import weft.core.math.Hungarian;
import weft.core.model.MicroClusters;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.trainer.micro.MicroLearners;
import weft.trainer.proto.Checkpoint;

/// The family `micro` as the trainer service drives it.
class MicroTrainingTest {
    private static final Shape.Image SHAPE = new Shape.Image(12, 12, 1);
    private static final MemoryLog STREAM = new MemoryLog(SHAPE, 7_500, 1);
    private static final List<LearnerFamily> FAMILIES = List.of(new MicroLearners());
    private static final PipelineName FOUR = PipelineName.parse("micro-4");
    private static final PipelineName EIGHT = PipelineName.parse("micro-8");
    private static final ModelPlan BOTH = plan("micro-4 micro-8", "64", SHAPE);

    /// The whole stream, learnt by one that nobody disturbs; nothing more is fed to it.
    private static final Whole UNDISTURBED = whole();

    @Test
    void killedItEndsWithTheBytesOfAnUndisturbedOne() throws InvalidProtocolBufferException {
        ModelLearner undisturbed = UNDISTURBED.learner;
        ModelLearner learner = start(BOTH, Optional.empty());
        int at = 0;
        for (int commit : new int[] {100, 650, 1_333, 2_500, 5_000, 6_200, STREAM.records()}) {
            STREAM.feed(learner, at, commit);
            byte[] checkpoint = learner.checkpoint().toByteArray();
            // What is learnt after the commit is lost with the process.
            STREAM.feed(learner, commit, Math.min(commit + 150, STREAM.records()));
            learner = start(BOTH, Optional.of(Checkpoint.parseFrom(checkpoint)));
            assertThat(learner.checkpoint().toByteArray()).isEqualTo(checkpoint);
            at = commit == STREAM.records()
                    ? commit
                    : learner.trainedThrough().getOrDefault(0, 0L).intValue();
        }

        assertThat(learner.imagesSeen()).isEqualTo(undisturbed.imagesSeen()).isGreaterThan(6_000);
        assertThat(learner.losses())
                .isEqualTo(undisturbed.losses())
                .containsOnlyKeys("micro-4.inertia", "micro-8.inertia");
        assertThat(learner.snapshot().model()).isEqualTo(undisturbed.snapshot().model());
        assertThat(learner.checkpoint()).isEqualTo(undisturbed.checkpoint());
    }

    @Test
    void publishingInBetweenChangesNothing() {
        ModelPlan plan = plan("micro-4", "64", SHAPE);
        ModelLearner quiet = start(plan, Optional.empty());
        ModelLearner asked = start(plan, Optional.empty());
        STREAM.feed(quiet, 0, 2_100);
        for (int offset = 0; offset < 2_100; offset += 100) {
            STREAM.feed(asked, offset, offset + 100);
            asked.overdue(Duration.ofDays(1));
        }
        assertThat(asked.snapshot().model()).isEqualTo(quiet.snapshot().model());
    }

    @Test
    void itFindsTheKindsAndKeepsTheirIds() {
        Snapshot first = UNDISTURBED.first;
        Snapshot last = UNDISTURBED.last;
        assertThat(first.version()).isEqualTo(512);
        assertThat(clusters(last)).hasSize(64);
        assertThat(clusters(first)).hasSize(64).contains(0, 1, 2, 3, 4, 5, 6, 7);
        double[][] common = new double[8][8];
        int images = 500;
        for (int i = 0; i < images; i++) {
            common[cluster(first, i)][cluster(last, i)]++;
        }
        double same = 0;
        double most = 0;
        int[] best = Hungarian.maximise(common);
        for (int c = 0; c < 8; c++) {
            same += common[c][c];
            most += common[c][best[c]];
        }
        // No other numbering of the last model would agree with the first one much more.
        assertThat(same).isGreaterThan(.95 * most).isGreaterThan(.75 * images);
    }

    private record Whole(ModelLearner learner, Snapshot first, Snapshot last) {}

    private static Whole whole() {
        ModelLearner learner = start(BOTH, Optional.empty());
        Snapshot first =
                STREAM.feed(learner, 0, 700).flatMap(Publication::snapshot).orElseThrow();
        Snapshot last = STREAM.feed(learner, 700, STREAM.records())
                .flatMap(Publication::snapshot)
                .orElseThrow();
        return new Whole(learner, first, last);
    }

    private static List<Integer> clusters(Snapshot snapshot) {
        return ((MicroClusters)
                        Objects.requireNonNull(snapshot.model().clusterers().get(EIGHT)))
                .clusters();
    }

    private static int cluster(Snapshot snapshot, int image) {
        float[] values = new float[SHAPE.values()];
        STREAM.image(image).values().toFloats(values, 0);
        int[] found = {-1};
        new SnapshotPass(snapshot, _ -> true).score(values, (_, assignment, _) -> found[0] = assignment.cluster());
        return found[0];
    }

    @Test
    void imagesThatAreAllAlikeTeachNothingAndHurtNobody() {
        MemoryLog same = new MemoryLog(SHAPE, 700, 1);
        for (int i = 0; i < same.records(); i++) {
            same.replace(i, same.image(0));
        }
        ModelPlan plan = plan("micro-4", "64", SHAPE);
        ModelLearner learner = new ModelLearner(plan, same, "test", Optional.empty());
        Snapshot snapshot = same.feed(learner, 0, same.records())
                .flatMap(Publication::snapshot)
                .orElseThrow();
        assertThat(snapshot.model().clusterers()).containsOnlyKeys(FOUR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    micro-10 | 1024 | 512 | pipeline micro-10 needs images, not vectors of 512 values: it looks at gradients and patches
                    micro-10 | 1024 | 7x9 | pipeline micro-10 needs images of at least 8x8 pixels, not 7x9
                    micro-10 | 63   | 8x8 | --micro-clusters must be 64 to 2048, not 63
                    micro-10 | many | 8x8 | --micro-clusters: 'many' is not a whole number
                    micro-17 | 64   | 8x8 | pipeline micro-17 needs at least 68 micro-clusters: --micro-clusters is 64
                    """)
    void whatItCannotDoIsOneLine(String pipelines, String microClusters, String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(pipelines, microClusters, Shape.parse(shape)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"8x8", "32x32x3", "128x128", "9x300"})
    void imagesOfAnyShapeFitIntoASnapshot(String shape) {
        assertThat(plan("micro-10", "1024", Shape.parse(shape)).fewestImages()).isEqualTo(10);
    }

    private static ModelPlan plan(String pipelines, String microClusters, Shape shape) {
        List<PipelineName> names =
                List.of(pipelines.split(" ")).stream().map(PipelineName::parse).toList();
        return new Trainings(
                        names,
                        FAMILIES,
                        TrainingOptions.defaults(3),
                        OptionValues.of(FAMILIES.getFirst().options(), Map.of("micro-clusters", microClusters)))
                .plans(shape)
                .getFirst();
    }

    private static ModelLearner start(ModelPlan plan, Optional<Checkpoint> checkpoint) {
        return new ModelLearner(plan, STREAM, "test", checkpoint);
    }
}
