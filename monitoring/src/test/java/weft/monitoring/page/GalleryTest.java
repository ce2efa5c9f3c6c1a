package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weft.core.model.PipelineName;

/// Clusters counted over recent images.
class GalleryTest {
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-3");

    @Test
    void sizesLabelsAndNewestMembersAreCounted() {
        Gallery gallery = Gallery.of(
                PIPELINE,
                List.of(
                        Seen.image("e", 8, Map.of("raw-kmeans-3", 2)),
                        Seen.image("d", -1, Map.of("raw-kmeans-3", 2)),
                        Seen.image("c", 8, Map.of("raw-kmeans-3", 2)),
                        Seen.image("b", 1, Map.of("raw-kmeans-3", 0)),
                        Seen.image("a", 1, Map.of("ae-gmm-10", 2))),
                2);
        assertThat(gallery.window()).isEqualTo(4);
        List<Views.ClusterView> clusters = gallery.clusters(0, 10);
        assertThat(clusters).extracting(Views.ClusterView::size).containsExactly(1, 0, 3);
        assertThat(clusters.get(2).labels()).isEqualTo(Map.of(8, 2));
        assertThat(clusters.get(2).name()).isEqualTo("Bag");
        assertThat(clusters.get(1).name()).isNull();
        assertThat(clusters.get(2).newest()).containsExactly(new Views.Member("e", 8), new Views.Member("d", null));
        assertThat(gallery.clusters(2, 10)).hasSize(1);
    }

    @Test
    void aClusterThatThePipelineDoesNotHaveIsPassedOver() {
        assertThat(Gallery.of(PIPELINE, List.of(Seen.image("a", 1, Map.of("raw-kmeans-3", 3))), 2)
                        .window())
                .isZero();
    }
}
