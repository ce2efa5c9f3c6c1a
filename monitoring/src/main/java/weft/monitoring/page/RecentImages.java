package weft.monitoring.page;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The images seen last, at most so many: the oldest make room for new ones.
///
/// Not for several threads without a lock.
final class RecentImages {
    private final int capacity;
    private final SequencedMap<String, SeenImage> images = new LinkedHashMap<>();

    RecentImages(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
    }

    /// Takes an image as the newest; what pipelines said of it in the same epoch is kept beside what is new.
    void add(SeenImage image) {
        SeenImage known = images.remove(image.id());
        SeenImage merged = image;
        if (known != null && known.epoch() == image.epoch()) {
            Map<String, Placement> placements = new HashMap<>(known.placements());
            placements.putAll(image.placements());
            merged = new SeenImage(image.id(), image.values(), image.label(), image.split(), image.epoch(), placements);
        }
        images.put(image.id(), merged);
        if (images.size() > capacity) {
            images.pollFirstEntry();
        }
    }

    /// Takes a label that came later than its image; one of an image that has gone is of no use.
    void label(String id, int label) {
        images.computeIfPresent(id, (_, image) -> image.labelled(label));
    }

    Optional<SeenImage> find(String id) {
        return Optional.ofNullable(images.get(id));
    }

    int size() {
        return images.size();
    }

    /// All of them, newest first, as they are now.
    List<SeenImage> newestFirst() {
        return List.copyOf(images.sequencedValues().reversed());
    }
}
