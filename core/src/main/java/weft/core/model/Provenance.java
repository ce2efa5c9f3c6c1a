package weft.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import weft.core.math.NotFiniteException;

/// Where a model comes from.
///
/// @param imagesSeen training images learnt from, every epoch counted
/// @param trainedThrough for each partition the offset before which every training image has been learnt from
/// @param seed of all that is random
/// @param hyperparameters by name, as text
/// @param losses by name, for example `train.bce` or `validation.bce`
/// @param software version that trained it
public record Provenance(
        long imagesSeen,
        Map<Integer, Long> trainedThrough,
        long seed,
        Map<String, String> hyperparameters,
        Map<String, Double> losses,
        String software) {
    public Provenance {
        if (imagesSeen < 0) {
            throw new IllegalArgumentException("imagesSeen must be at least 0, not " + imagesSeen);
        }
        // Sorted, so that the same content has the same bytes on the wire.
        trainedThrough = Collections.unmodifiableMap(new TreeMap<>(trainedThrough));
        hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
        losses = Collections.unmodifiableMap(new TreeMap<>(losses));
        losses.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new NotFiniteException("loss " + name + " is " + value);
            }
        });
    }

    /// Whether the training had passed this offset of a partition.
    public boolean covers(int partition, long offset) {
        return offset < trainedThrough.getOrDefault(partition, 0L);
    }
}
