package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.trainer.learn.Raised.centroids;
import static weft.trainer.learn.Raised.cluster;
import static weft.trainer.learn.Raised.clusters;
import static weft.trainer.learn.Raised.concat;
import static weft.trainer.learn.Raised.lineage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.StreamEvent.Kind;

/// What becomes of clusters, by the images that they had and have.
class LineageTest {
    private static final List<Float> CENTRE_BEFORE = List.of(0f, 2f);
    private static final List<Float> CENTRE_NOW = List.of(1f, 2f);

    private static Map<String, Object> details(int generation, int before, int now, Map<String, Object> other) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "cluster", 2,
                "generation", generation,
                "imagesBefore", before,
                "imagesNow", now,
                "centreBefore", CENTRE_BEFORE,
                "centreNow", CENTRE_NOW));
        all.putAll(other);
        return all;
    }

    @Test
    void aClusterThatKeepsHalfOfItsPastIsTheSame() {
        Lineage lineage = lineage();

        assertThat(lineage.compare(
                        clusters(40, 40, 40),
                        concat(cluster(0, 40), cluster(1, 40), clusters(10, 10, 20)),
                        centroids(1)))
                .isEmpty();
        assertThat(lineage.generations()).containsExactly(0, 0, 0);
    }

    /// Cluster 0 gives a third of its images to the id 2, whose twelve images cluster 1 has taken in.
    @Test
    void anIdThatIsTakenInAndGetsHalfOfAnotherIsAMergeAndASplit() {
        Lineage lineage = lineage();

        List<Happening> events = lineage.compare(
                concat(cluster(0, 60), cluster(1, 30), cluster(2, 12)),
                concat(clusters(40, 0, 20), cluster(1, 30), cluster(1, 12)),
                centroids(1));

        assertThat(events)
                .containsExactly(
                        new Happening(Kind.MERGE, Raised.pipeline(), details(0, 12, 20, Map.of("into", 1))),
                        new Happening(Kind.SPLIT, Raised.pipeline(), details(1, 12, 20, Map.of("from", 0))));
        assertThat(lineage.generations()).containsExactly(0, 0, 1);
    }

    /// Nine of its images each go to the others and two stay, and its new ones come from both.
    @Test
    void anIdWithoutHeirAndParentIsADeathAndABirth() {
        Lineage lineage = lineage();

        List<Happening> events = lineage.compare(
                clusters(60, 60, 20),
                concat(clusters(45, 0, 15), clusters(0, 45, 15), clusters(9, 9, 2)),
                centroids(1));

        assertThat(events)
                .containsExactly(
                        new Happening(Kind.DEATH, Raised.pipeline(), details(0, 20, 32, Map.of())),
                        new Happening(Kind.BIRTH, Raised.pipeline(), details(1, 20, 32, Map.of())));
        assertThat(lineage.generations()).containsExactly(0, 0, 1);
    }

    @Test
    void anEmptyIdThatGetsHalfOfItsImagesFromOneClusterIsASplit() {
        Lineage lineage = lineage();

        assertThat(lineage.compare(clusters(40, 40, 0), concat(clusters(25, 0, 15), clusters(0, 25, 15)), centroids(1)))
                .containsExactly(new Happening(Kind.SPLIT, Raised.pipeline(), details(1, 0, 30, Map.of("from", 0))));
    }

    @Test
    void fewImagesAndImagesWithoutAPastTellNothing() {
        Lineage lineage = lineage();

        assertThat(lineage.compare(
                        clusters(40, 40, 9),
                        concat(clusters(40, 0, 0), clusters(0, 40, 0), cluster(0, 9)),
                        centroids(1)))
                .isEmpty();
        assertThat(lineage.compare(cluster(-1, 100), clusters(0, 0, 100), centroids(1)))
                .isEmpty();
        assertThat(lineage.generations()).containsExactly(0, 0, 0);
    }

    @Test
    void generationsGoOnFromACheckpoint() {
        Lineage lineage = lineage();
        lineage.restore(List.of(3, 0, 7), List.of());

        lineage.compare(
                concat(cluster(0, 60), cluster(1, 30), cluster(2, 12)),
                concat(clusters(40, 0, 20), cluster(1, 30), cluster(1, 12)),
                centroids(1));

        assertThat(lineage.generations()).containsExactly(3, 0, 8);
        lineage.restore(List.of(), List.of());
        assertThat(lineage.generations()).containsExactly(3, 0, 8);
    }

    @Test
    void aClusterThatTheStreamLeavesDiesOnceAndComesBackAsAnother() {
        Lineage lineage = lineage();

        List<Happening> left = lineage.compare(clusters(0, 150, 150), clusters(0, 150, 150), centroids(5));
        assertThat(left).extracting(Happening::kind).containsExactly(Kind.DEATH);
        assertThat(left.getFirst().details()).containsEntry("cluster", 0).containsEntry("generation", 0);
        assertThat(lineage.compare(clusters(0, 150, 150), clusters(0, 150, 150), centroids(5)))
                .isEmpty();

        Lineage restored = lineage();
        restored.restore(lineage.generations(), lineage.dead());
        List<Happening> back = restored.compare(clusters(50, 150, 150), clusters(50, 150, 150), centroids(5));
        assertThat(back).extracting(Happening::kind).containsExactly(Kind.BIRTH);
        assertThat(restored.generations()).containsExactly(1, 0, 0);
        assertThat(restored.dead()).isEmpty();
    }

    @Test
    void imagesWithoutAPastLetNoClusterDie() {
        Lineage lineage = lineage();
        int[] none = new int[300];
        Arrays.fill(none, -1);

        assertThat(lineage.compare(none, clusters(100, 100, 100), centroids(5))).isEmpty();
        assertThat(lineage.compare(none, clusters(0, 150, 150), centroids(5)))
                .extracting(Happening::kind)
                .containsExactly(Kind.DEATH);
        assertThat(lineage.compare(none, clusters(100, 100, 100), centroids(5)))
                .extracting(Happening::kind)
                .containsExactly(Kind.BIRTH);
        assertThat(lineage.generations()).containsExactly(1, 0, 0);
    }

    @Test
    void aWindowOfFewImagesIsNoReasonToDie() {
        assertThat(lineage().compare(clusters(0, 40, 40), clusters(0, 40, 40), centroids(5)))
                .isEmpty();
    }

    @Test
    void theNextComparisonStartsFromTheNewCentres() {
        Lineage lineage = lineage();
        lineage.compare(clusters(40, 40, 40), clusters(40, 40, 40), centroids(5));

        Happening event = lineage.compare(
                        clusters(40, 40, 20), concat(clusters(40, 40, 0), cluster(0, 20)), centroids(6))
                .getFirst();

        assertThat(event.details())
                .containsEntry("centreBefore", List.of(5f, 2f))
                .containsEntry("centreNow", List.of(6f, 2f));
    }
}
