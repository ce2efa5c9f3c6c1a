package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualityFiguresTest {
    @Test
    void everyFigureHasOneNameAndImagesAndClustersAreCounts() {
        // Five of the pipeline, and eight of three slices over two spans.
        assertThat(QualityFigures.all()).hasSize(5 + 8 * 3 * 2).doesNotHaveDuplicates();
        assertThat(QualityFigures.all().stream().filter(QualityFigures::isCount))
                .containsExactlyInAnyOrder(
                        "images",
                        "emptyClusters",
                        "prequentialImages",
                        "prequentialWindowImages",
                        "trainedImages",
                        "trainedWindowImages",
                        "testImages",
                        "testWindowImages");
        assertThat(QualityFigures.isCount("meanSquaredDistance")).isFalse();
    }
}
