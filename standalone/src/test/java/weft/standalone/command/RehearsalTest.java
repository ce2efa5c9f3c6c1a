package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.model.PipelineName;
import weft.producer.dataset.LabelledImages;
import weft.standalone.Families;
import weft.trainer.drift.DriftOptions;
import weft.trainer.drift.OnDrift;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

@Execution(ExecutionMode.CONCURRENT)
class RehearsalTest {
    private static final Shape SHAPE = Shape.parse("4x4");
    private static final int BATCH = 64;

    @Test
    void endsWithTheFirstPublicationOfEachModel() throws Exception {
        AtomicInteger looked = new AtomicInteger();

        Rehearsal.start(images(5_000, _ -> looked.incrementAndGet()), plans("raw-kmeans-3", "ae-kmeans-3"))
                .await();

        // The milestone of 500 images, at the end of a mini-batch.
        assertThat(looked).hasValue(2 * 512);
    }

    @Test
    void takesWhatThereIs() throws Exception {
        AtomicInteger looked = new AtomicInteger();

        Rehearsal.start(images(70, _ -> looked.incrementAndGet()), plans("raw-kmeans-3"))
                .await();

        assertThat(looked).hasValue(70);
    }

    @Test
    void endsAfterTheImageAtHand() throws Exception {
        AtomicInteger looked = new AtomicInteger();
        CompletableFuture<Rehearsal> rehearsal = new CompletableFuture<>();
        rehearsal.complete(Rehearsal.start(
                images(5_000, index -> {
                    if (looked.incrementAndGet() == 100) {
                        rehearsal.join().close();
                    }
                }),
                plans("raw-kmeans-3", "ae-kmeans-3")));

        rehearsal.join().await();

        assertThat(looked).hasValue(100);
    }

    private static List<ModelPlan> plans(String... pipelines) {
        TrainingOptions options = new TrainingOptions(1, BATCH, 2_000, 10, new DriftOptions(1_000_000, OnDrift.REPORT));
        return new Trainings(
                        List.of(pipelines).stream().map(PipelineName::parse).toList(),
                        Families.ALL,
                        options,
                        OptionValues.of(
                                Families.ALL.stream()
                                        .flatMap(family -> family.options().stream())
                                        .toList(),
                                Map.of()))
                .plans(SHAPE);
    }

    /// Squares of three shades.
    private static LabelledImages images(int count, IntConsumer looked) {
        return new LabelledImages() {
            @Override
            public Dataset describe() {
                return new Dataset("squares", SHAPE, List.of());
            }

            @Override
            public int size(Split split) {
                return split == Split.TRAIN ? count : 0;
            }

            @Override
            public byte[] raw(Split split, int index) {
                looked.accept(index);
                byte[] values = new byte[SHAPE.values()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (byte) (i * (index % 3 + 1) + index % 7);
                }
                return values;
            }

            @Override
            public Optional<String> label(Split split, int index) {
                return Optional.empty();
            }
        };
    }
}
