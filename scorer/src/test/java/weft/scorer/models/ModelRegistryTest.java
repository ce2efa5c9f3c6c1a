package weft.scorer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import weft.core.model.PipelineName;
import weft.core.wire.InvalidSnapshotException;
import weft.core.wire.InvalidSnapshotException.Reason;
import weft.scorer.TestModels;

class ModelRegistryTest {
    private final ModelRegistry registry = new ModelRegistry(List.of(TestModels.TWO));

    @Test
    void theNewestComesFirstAndOldOnesGo() throws Exception {
        assertThat(registry.complete()).isFalse();
        for (int version = 1; version <= 70; version++) {
            assertThat(registry.offer(TestModels.snapshot(version, version, 0, 1)))
                    .isTrue();
        }
        assertThat(registry.complete()).isTrue();
        assertThat(registry.snapshots("raw")).hasSize(64);
        assertThat(registry.snapshots("raw").getFirst().version()).isEqualTo(70);
        assertThat(registry.snapshots("raw").getLast().version()).isEqualTo(7);
    }

    @Test
    void anOlderOneIsRefused() throws Exception {
        registry.offer(TestModels.snapshot(5, 5, 0, 1));
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
        ModelRegistry other = new ModelRegistry(List.of(PipelineName.parse("ae-gmm-10")));
        assertThat(other.offer(TestModels.snapshot(5, 5, 0, 1))).isFalse();
        assertThat(other.complete()).isFalse();
    }

    private void assertRefused(Reason reason, long version, float... greys) {
        assertThatThrownBy(() -> registry.offer(TestModels.snapshot(version, version, greys)))
                .isInstanceOfSatisfying(
                        InvalidSnapshotException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
