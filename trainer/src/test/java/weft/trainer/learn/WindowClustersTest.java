package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Split;
import weft.core.model.Clusterer;
import weft.trainer.proto.Checkpoint;

/// Each image of the window keeps the cluster that it was given, also once the window has begun to roll.
class WindowClustersTest {
    private static final MemoryLog LOG = new MemoryLog(Plans.SMALL, 13_000, 2);

    @ParameterizedTest
    @CsvSource({"600, 500", "1500, 1200", "12900, 10000"})
    void agreeWithTheClusterer(int records, int atLeast) {
        ModelLearner learner = new ModelLearner(Plans.of("raw-kmeans-5", Plans.SMALL), LOG, "test", Optional.empty());
        LOG.feed(learner, 0, records);

        Checkpoint checkpoint = learner.checkpoint();
        Clusterer.Pass pass = learner.snapshot()
                .model()
                .clusterers()
                .values()
                .iterator()
                .next()
                .pass();
        float[] pixels = new float[Plans.SMALL.values()];
        int same = 0;
        int size = checkpoint.getWindow().getOffsetsCount();
        for (int i = 0; i < size; i++) {
            int offset = (int) checkpoint.getWindow().getOffsets(i);
            assertThat(LOG.image(offset).split()).isEqualTo(Split.TRAIN);
            LOG.image(offset).values().toFloats(pixels, 0);
            same += pass.assign(pixels).cluster() == checkpoint.getPipelines(0).getWindowClusters(i) ? 1 : 0;
        }

        assertThat(size).isGreaterThanOrEqualTo(atLeast);
        assertThat((double) same / size).isGreaterThan(.97);
    }
}
