package weft.monitoring.page;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import weft.core.image.ImageValues;
import weft.core.image.Shape;
import weft.core.image.Split;

/// Images for tests.
final class Seen {
    static final Shape GREY = new Shape.Image(28, 28, 1);

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Seen() {}

    static SeenImage image(String id, int label, Map<String, Integer> clusters) {
        return image(id, label, 0, clusters);
    }

    static SeenImage image(String id, int label, int epoch, Map<String, Integer> clusters) {
        Map<String, Placement> placements = new TreeMap<>();
        clusters.forEach((pipeline, cluster) -> placements.put(pipeline, placement(cluster)));
        byte[] grey = new byte[784];
        grey[0] = (byte) (10 * label);
        return new SeenImage(
                id,
                ImageValues.of(GREY, grey),
                label < 0 ? OptionalInt.empty() : OptionalInt.of(label),
                Split.TRAIN,
                epoch,
                placements);
    }

    static Placement placement(int cluster) {
        return new Placement(cluster, Optional.of("Bag"), 1.5, 0.5, OptionalDouble.empty(), 512, false, NOW);
    }

    /// An image of cluster 1 of one pipeline, scored at some time.
    static SeenImage strange(String id, String pipeline, double outlier, Instant scoredAt) {
        Placement placement =
                new Placement(1, Optional.empty(), 1.5, 0.5, OptionalDouble.of(outlier), 512, false, scoredAt);
        return new SeenImage(
                id,
                ImageValues.of(GREY, new byte[784]),
                OptionalInt.empty(),
                Split.TRAIN,
                0,
                Map.of(pipeline, placement));
    }
}
