package weft.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The images of the last hour that lie furthest out in their clusters, for each pipeline, in bounded memory: a few of
/// every two minutes.
///
/// Not for several threads without a lock.
final class StrangeImages {
    private static final long SLOT_MINUTES = 2;
    private static final int SLOTS = 30;

    /// More pipelines than anybody looks at.
    private static final int PIPELINES = 32;

    private static final Comparator<Strange> STRANGEST_FIRST =
            Comparator.comparingDouble(Strange::outlier).reversed();

    /// @param outlier as on the assignments topic
    record Strange(SeenImage image, double outlier, int cluster) {}

    private final int each;
    private final Map<String, NavigableMap<Long, List<Strange>>> byPipeline = new TreeMap<>();

    /// @param each images of a pipeline in two minutes
    StrangeImages(int each) {
        this.each = each;
    }

    /// Takes an image for every pipeline that tells how strange it is.
    ///
    /// @param now what is said to have been scored later than now was scored now
    void add(SeenImage image, Instant now) {
        image.placements()
                .forEach((pipeline, placement) ->
                        placement.outlier().ifPresent(outlier -> add(pipeline, image, placement, outlier, now)));
    }

    private void add(String pipeline, SeenImage image, Placement placement, double outlier, Instant now) {
        NavigableMap<Long, List<Strange>> slots = byPipeline.get(pipeline);
        if (slots == null) {
            if (byPipeline.size() >= PIPELINES) {
                return;
            }
            slots = new TreeMap<>();
            byPipeline.put(pipeline, slots);
        }
        long slot = Math.min(slot(placement.scoredAt()), slot(now));
        if (slot <= slot(now) - SLOTS) {
            return;
        }
        List<Strange> strange = slots.computeIfAbsent(slot, _ -> new ArrayList<>());
        strange.removeIf(one -> one.image().id().equals(image.id()));
        strange.add(new Strange(image, outlier, placement.cluster()));
        strange.sort(STRANGEST_FIRST);
        if (strange.size() > each) {
            strange.removeLast();
        }
        slots.headMap(slot(now) - SLOTS, true).clear();
    }

    private static long slot(Instant at) {
        return Math.floorDiv(
                at.getEpochSecond(), Duration.ofMinutes(SLOT_MINUTES).toSeconds());
    }

    /// The strangest of a pipeline, strangest first, none twice.
    List<Strange> strangest(String pipeline, int most, Instant now) {
        Set<String> ids = new HashSet<>();
        return byPipeline.getOrDefault(pipeline, new TreeMap<>()).tailMap(slot(now) - SLOTS, false).values().stream()
                .flatMap(List::stream)
                .sorted(STRANGEST_FIRST)
                .filter(one -> ids.add(one.image().id()))
                .limit(most)
                .toList();
    }

    Optional<SeenImage> find(String id) {
        return byPipeline.values().stream()
                .flatMap(slots -> slots.values().stream())
                .flatMap(List::stream)
                .map(Strange::image)
                .filter(image -> image.id().equals(id))
                .findFirst();
    }
}
