package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import weft.core.model.PipelineName;
import weft.standalone.Families;
import weft.trainer.drift.DriftOptions;
import weft.trainer.drift.OnDrift;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

@Execution(ExecutionMode.CONCURRENT)
class RehearsalTest {
    private static final int BATCH = 64;

    @Test
    void endsWithTheFirstPublicationOfEachModel() throws Exception {
        AtomicInteger trained = new AtomicInteger();

        Rehearsal.start(plans("raw-kmeans-3", "ae-kmeans-3", "ae-gmm-3"), _ -> trained.incrementAndGet())
                .await();

        // The milestone of 500 images, at the end of a mini-batch.
        assertThat(trained).hasValue(512);
    }

    @Test
    void endsAfterTheImageAtHand() throws Exception {
        AtomicInteger trained = new AtomicInteger();
        CompletableFuture<Rehearsal> rehearsal = new CompletableFuture<>();
        rehearsal.complete(Rehearsal.start(plans("raw-kmeans-3", "ae-kmeans-3"), image -> {
            trained.set(image + 1);
            if (image == 99) {
                rehearsal.join().close();
            }
        }));

        rehearsal.join().await();

        assertThat(trained).hasValue(100);
    }

    /// The layers are of 28 x 28 values, those of a rehearsal have fewer.
    @Test
    void optionsForOtherImagesAreLeftToTheTraining() throws Exception {
        Rehearsal.start(trainings(Map.of("layers", "784-32"), "ae-kmeans-3")).await();
    }

    private static List<ModelPlan> plans(String... pipelines) {
        return trainings(Map.of(), pipelines).plans(Rehearsal.SHAPE);
    }

    private static Trainings trainings(Map<String, String> options, String... pipelines) {
        return new Trainings(
                List.of(pipelines).stream().map(PipelineName::parse).toList(),
                Families.ALL,
                new TrainingOptions(1, BATCH, 2_000, 10, new DriftOptions(1_000_000, OnDrift.REPORT)),
                OptionValues.of(
                        Families.ALL.stream()
                                .flatMap(family -> family.options().stream())
                                .toList(),
                        options));
    }
}
