package weft.monitoring.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Predicate;
import weft.core.image.ImageSlab;
import weft.core.image.Shape;
import weft.core.image.Split;

/// The images seen last, at most so many: the oldest make room for new ones.
///
/// Their values are kept as bytes side by side, and made images again for those who ask. Not for several threads
/// without a lock.
final class RecentImages {
    /// @param place of the image's values
    private record Kept(int place, OptionalInt label, Split split, int epoch, Map<String, Placement> placements) {}

    private final int capacity;
    private final SequencedMap<String, Kept> images = new LinkedHashMap<>();
    private final ImageSlab values;

    /// Places that have been given to images.
    private int used;

    /// @param shape of every image
    RecentImages(Shape shape, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
        values = new ImageSlab(shape, capacity);
    }

    /// Takes an image as the newest; what pipelines said of it in the same epoch is kept beside what is new.
    void add(SeenImage image) {
        Kept known = images.remove(image.id());
        Map<String, Placement> placements = image.placements();
        if (known != null && known.epoch() == image.epoch()) {
            Map<String, Placement> merged = new HashMap<>(known.placements());
            merged.putAll(placements);
            placements = Map.copyOf(merged);
        }
        int place = known == null ? room() : known.place();
        values.put(place, image.values());
        images.put(image.id(), new Kept(place, image.label(), image.split(), image.epoch(), placements));
    }

    /// A place that was never used, or the oldest image's.
    private int room() {
        if (used < capacity) {
            return used++;
        }
        return images.pollFirstEntry().getValue().place();
    }

    /// Takes a label that came later than its image; one of an image that has gone is of no use.
    void label(String id, int label) {
        images.computeIfPresent(
                id,
                (_, image) -> new Kept(
                        image.place(), OptionalInt.of(label), image.split(), image.epoch(), image.placements()));
    }

    Optional<SeenImage> find(String id) {
        return Optional.ofNullable(images.get(id)).map(image -> seen(id, image));
    }

    int size() {
        return images.size();
    }

    /// All of them, newest first, as they are now.
    List<SeenImage> newestFirst() {
        return newestFirst(capacity, _ -> true);
    }

    /// The newest that pipelines put where it is wanted, newest first.
    List<SeenImage> newestFirst(int most, Predicate<Map<String, Placement>> wanted) {
        List<SeenImage> newest = new ArrayList<>();
        for (Map.Entry<String, Kept> entry : images.reversed().entrySet()) {
            if (newest.size() == most) {
                break;
            }
            if (wanted.test(entry.getValue().placements())) {
                newest.add(seen(entry.getKey(), entry.getValue()));
            }
        }
        return newest;
    }

    private SeenImage seen(String id, Kept image) {
        return new SeenImage(
                id, values.get(image.place()), image.label(), image.split(), image.epoch(), image.placements());
    }
}
