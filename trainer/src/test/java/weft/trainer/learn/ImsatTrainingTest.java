package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.trainer.imsat.ImsatLearners;
import weft.trainer.proto.Checkpoint;

/// The family `imsat` as the trainer service drives it.
class ImsatTrainingTest {
    private static final MemoryLog STREAM = new MemoryLog(Plans.SMALL, 2_000, 1);
    private static final List<LearnerFamily> FAMILIES = List.of(new ImsatLearners());

    @Test
    void killedItEndsWithTheBytesOfAnUndisturbedOne() throws InvalidProtocolBufferException {
        ModelPlan plan = plan("imsat-4", Map.of(), Plans.SMALL);
        ModelLearner undisturbed = start(plan, Optional.empty());
        STREAM.feed(undisturbed, 0, STREAM.records());

        ModelLearner learner = start(plan, Optional.empty());
        int at = 0;
        for (int commit : new int[] {100, 650, 1_333, STREAM.records()}) {
            STREAM.feed(learner, at, commit);
            byte[] checkpoint = learner.checkpoint().toByteArray();
            // What is learnt after the commit is lost with the process.
            STREAM.feed(learner, commit, Math.min(commit + 150, STREAM.records()));
            learner = start(plan, Optional.of(Checkpoint.parseFrom(checkpoint)));
            assertThat(learner.checkpoint().toByteArray()).isEqualTo(checkpoint);
            at = commit == STREAM.records()
                    ? commit
                    : learner.trainedThrough().getOrDefault(0, 0L).intValue();
        }

        assertThat(learner.imagesSeen()).isEqualTo(undisturbed.imagesSeen()).isGreaterThan(1_600);
        assertThat(learner.losses()).isEqualTo(undisturbed.losses()).containsOnlyKeys("train.information");
        assertThat(plan.family().encode(learner.snapshot().model()))
                .isEqualTo(plan.family().encode(undisturbed.snapshot().model()));
        assertThat(learner.checkpoint()).isEqualTo(undisturbed.checkpoint());
    }

    @Test
    void itIsFirstPublishedOnceItHasLearntAnything() {
        ModelLearner learner = start(plan("imsat-4@wide", Map.of(), Plans.SMALL), Optional.empty());
        STREAM.feed(learner, 0, 400);
        assertThat(learner.overdue(Duration.ofDays(1))).isEmpty();
        assertThat(learner.waitsFor()).isPresent();
        Optional<Publication> first = STREAM.feed(learner, 400, 610);
        Snapshot snapshot = first.flatMap(Publication::snapshot).orElseThrow();
        assertThat(snapshot.version()).isEqualTo(512);
        assertThat(snapshot.model().clusterers()).containsOnlyKeys(PipelineName.parse("imsat-4@wide"));
        assertThat(snapshot.provenance().hyperparameters())
                .containsEntry("prior", "uniform")
                .containsEntry("replicas", "3");
        assertThat(learner.waitsFor()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    imsat-10             | uniform   |         | 512 | pipeline imsat-10 needs images, not vectors of 512 values: it learns from images that are turned, moved and mirrored
                    imsat-10 imsat-20    | uniform   |         | 8x8 | a run of family imsat has one K, not imsat-10 and imsat-20: name a run for each, as imsat-20@b
                    imsat-10             | even      |         | 8x8 | --prior: 'even' is none of uniform, estimated
                    imsat-10             | estimated | fine,co | 8x8 | --leave-out: 'co' is none of teaching, fine, mixing
                    """)
    void whatItCannotDoIsOneLine(String pipelines, String prior, String leftOut, String shape, String message) {
        Map<String, String> given = Map.of("prior", prior, "leave-out", leftOut == null ? "" : leftOut);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(pipelines, given, Shape.parse(shape)))
                .withMessage(message);
    }

    @Test
    void imagesThatAreTooLargeAreRefusedBeforeTheTrainingStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("imsat-10", Map.of(), new Shape.Image(128, 128, 1)))
                .withMessageStartingWith("a snapshot of model imsat would have about ");
        assertThat(plan("imsat-10", Map.of(), new Shape.Image(32, 32, 3)).fewestImages())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -1       | --reservoir must be 0 to 8388608, not -1
                    1e3      | --reservoir: '1e3' is not a whole number
                    30000    | --reservoir must be at most 10699 for images of 28x28, not 30000
                    """)
    void aReservoirThatCannotBeIsOneLine(String reservoir, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("imsat-10", Map.of("reservoir", reservoir), Plans.GREY))
                .withMessage(message);
    }

    @Test
    void aReservoirIsToldInTheSnapshotAndOnlyThere() {
        assertThat(plan("imsat-10", Map.of("reservoir", "1000"), Plans.GREY).hyperparameters())
                .containsEntry("reservoir", "1000");
        assertThat(plan("imsat-10", Map.of(), Plans.GREY).hyperparameters()).doesNotContainKey("reservoir");
    }

    private static ModelPlan plan(String pipelines, Map<String, String> given, Shape shape) {
        List<PipelineName> names =
                List.of(pipelines.split(" ")).stream().map(PipelineName::parse).toList();
        return new Trainings(
                        names,
                        FAMILIES,
                        TrainingOptions.defaults(3),
                        OptionValues.of(FAMILIES.getFirst().options(), given))
                .plans(shape)
                .getFirst();
    }

    private static ModelLearner start(ModelPlan plan, Optional<Checkpoint> checkpoint) {
        return new ModelLearner(plan, STREAM, "test", checkpoint);
    }
}
