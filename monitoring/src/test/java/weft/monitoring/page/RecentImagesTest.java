package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// The window of recent images.
class RecentImagesTest {
    @Test
    void theOldestMakeRoom() {
        RecentImages images = new RecentImages(Seen.GREY, 100);
        for (int i = 0; i < 100_000; i++) {
            images.add(Seen.image("i" + i, i % 10, Map.of("raw-kmeans-10", 3)));
        }
        assertThat(images.size()).isEqualTo(100);
        assertThat(images.newestFirst().getFirst().id()).isEqualTo("i99999");
        assertThat(images.newestFirst().getLast().id()).isEqualTo("i99900");
        assertThat(images.find("i99899")).isEmpty();
    }

    @Test
    void whatPipelinesSayOfOneImageComesTogether() {
        RecentImages images = new RecentImages(Seen.GREY, 2);
        images.add(Seen.image("a", 1, Map.of("raw-kmeans-10", 3)));
        images.add(Seen.image("b", 2, Map.of("raw-kmeans-10", 4)));
        images.add(Seen.image("a", 1, Map.of("ae-gmm-10", 7)));
        assertThat(images.find("a").orElseThrow().placements()).containsOnlyKeys("raw-kmeans-10", "ae-gmm-10");
        assertThat(images.newestFirst()).extracting(SeenImage::id).containsExactly("a", "b");
    }

    @Test
    void anotherEpochReplacesWhatWasSaid() {
        RecentImages images = new RecentImages(Seen.GREY, 2);
        images.add(Seen.image("a", 1, 0, Map.of("raw-kmeans-10", 3)));
        images.add(Seen.image("a", 1, 1, Map.of("ae-gmm-10", 7)));
        assertThat(images.find("a").orElseThrow().placements()).containsOnlyKeys("ae-gmm-10");
    }

    @Test
    void aLabelMayComeLater() {
        RecentImages images = new RecentImages(Seen.GREY, 2);
        images.add(Seen.image("a", -1, Map.of("raw-kmeans-10", 3)));
        images.label("a", 4);
        images.label("gone", 4);
        assertThat(images.find("a").orElseThrow().label()).hasValue(4);
        assertThat(images.size()).isEqualTo(1);
    }

    @Test
    void everyImageKeepsItsValues() {
        RecentImages images = new RecentImages(Seen.GREY, 7);
        for (int i = 0; i < 100; i++) {
            images.add(Seen.image("i" + i, i % 25, Map.of("raw-kmeans-10", i % 3)));
            if (i % 4 == 0) {
                images.add(Seen.image("i" + (i - 2), (i - 2) % 25 + 1, 1, Map.of("raw-kmeans-10", 5)));
            }
        }
        assertThat(images.newestFirst())
                .extracting(SeenImage::id)
                .containsExactly("i99", "i98", "i97", "i94", "i96", "i95", "i93");
        assertThat(images.newestFirst())
                .extracting(image -> image.values().toBytes()[0])
                .as("ten times the number that it came with")
                .containsExactly((byte) 240, (byte) 230, (byte) 220, (byte) 200, (byte) 210, (byte) 200, (byte) 180);
        assertThat(images.newestFirst(2, placements -> placements.containsValue(Seen.placement(0))))
                .extracting(SeenImage::id)
                .containsExactly("i99", "i96");
    }

    @Test
    void noRoomIsRefused() {
        assertThatThrownBy(() -> new RecentImages(Seen.GREY, 0)).hasMessage("capacity must be at least 1, not 0");
    }
}
