package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.scorer.TestModels;
import weft.testing.TestData;

class ModelRegistryTest {
    private final ModelRegistry registry = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());

    @Test
    void theNewestComesFirstAndOldOnesGo() throws Exception {
        assertThat(registry.complete()).isFalse();
        for (int version = 1; version <= 70; version++) {
            assertThat(registry.offer(TestModels.snapshot(version, version, 0, 1), 1_000))
                    .isTrue();
        }
        assertThat(registry.complete()).isTrue();
        assertThat(registry.snapshots("raw")).hasSize(64);
        assertThat(registry.snapshots("raw").getFirst().version()).isEqualTo(70);
        assertThat(registry.snapshots("raw").getLast().version()).isEqualTo(7);
    }

    /// 64 MiB of them beside the newest, and the newest whatever its size.
    @Test
    void largeOnesAreKeptInSmallerNumber() throws Exception {
        for (int version = 1; version <= 30; version++) {
            registry.offer(TestModels.snapshot(version, version, 0, 1), 4 << 20);
        }
        assertThat(registry.snapshots("raw")).hasSize(17);
        assertThat(registry.snapshots("raw").getFirst().version()).isEqualTo(30);

        registry.offer(TestModels.snapshot(31, 31, 0, 1), 100 << 20);
        registry.offer(TestModels.snapshot(32, 32, 0, 1), 1_000);
        assertThat(registry.snapshots("raw")).hasSize(1);
    }

    @Test
    void oneWhoseDistancesOverflowIsRefused() {
        assertRefused(Reason.NOT_FINITE, 5, 0, 3e19f);
    }

    @Test
    void anOlderOneIsRefused() throws Exception {
        registry.offer(TestModels.snapshot(5, 5, 0, 1), 1_000);
        assertRefused(Reason.OLDER, 5, 0, 1);
        assertRefused(Reason.OLDER, 4, 0, 1);
        assertThat(registry.snapshots("raw").getFirst().version()).isEqualTo(5);
    }

    @Test
    void oneWithoutAWantedPipelineIsRefused() {
        assertRefused(Reason.DIMENSIONS, 5, 0, 0.5f, 1);
        assertThat(registry.complete()).isFalse();
    }

    @Test
    void anotherModelIsPassedOver() throws Exception {
        ModelRegistry other = new ModelRegistry(List.of(PipelineName.parse("ae-gmm-10")), TestData.FASHION.shape());
        assertThat(other.offer(TestModels.snapshot(5, 5, 0, 1), 1_000)).isFalse();
        assertThat(other.complete()).isFalse();
    }

    @Test
    void anEncoderOfAnotherImageSizeIsRefused() {
        Snapshot small = new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        new Shape.Vector(785),
                        new IdentityEncoder(785),
                        Optional.empty(),
                        Map.of(TestModels.TWO, new Centroids(Matrix.of(2, 785, new float[2 * 785]), false))),
                new Provenance(5, Map.of(), 1, Map.of(), Map.of(), "test"));

        assertThatThrownBy(() -> registry.offer(small, 1_000))
                .isInstanceOf(InvalidSnapshotException.class)
                .hasMessage("snapshot 5 of model raw takes images of 785, not 28x28");
        assertThat(registry.snapshots("raw")).isEmpty();
    }

    @Test
    void modelsKeepTheOrderOfThePipelinesAndOneMayLackASnapshot() throws Exception {
        ModelRegistry both = new ModelRegistry(
                List.of(
                        PipelineName.parse("raw-kmeans-2"),
                        PipelineName.parse("ae-gmm-2"),
                        PipelineName.parse("raw-kmeans-3")),
                TestData.FASHION.shape());

        assertThat(both.models()).containsExactly("raw", "ae");
        assertThat(both.wants(PipelineName.parse("raw-kmeans-3"))).isTrue();
        assertThat(both.wants(PipelineName.parse("ae-kmeans-2"))).isFalse();
        both.offer(TestModels.ae(5, 5), 1_000);
        assertThat(both.complete()).isFalse();
        assertThat(both.snapshots("raw")).isEmpty();
    }

    @Test
    void whoWaitsGoesOnWhenTheLastModelHasASnapshot() throws Exception {
        ModelRegistry both = new ModelRegistry(
                List.of(PipelineName.parse("raw-kmeans-2"), PipelineName.parse("ae-gmm-2")), TestData.FASHION.shape());
        AtomicBoolean complete = new AtomicBoolean();
        Thread waiter = Thread.startVirtualThread(() -> {
            try {
                both.awaitComplete();
                complete.set(both.complete());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        both.offer(TestModels.ae(5, 5), 1_000);
        assertThat(waiter.join(Duration.ofMillis(1))).isFalse();
        both.offer(TestModels.snapshot(5, 5, 0, 1), 1_000);

        assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
        assertThat(complete).isTrue();
    }

    private void assertRefused(Reason reason, long version, float... greys) {
        assertThatThrownBy(() -> registry.offer(TestModels.snapshot(version, version, greys), 1_000))
                .isInstanceOfSatisfying(
                        InvalidSnapshotException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
