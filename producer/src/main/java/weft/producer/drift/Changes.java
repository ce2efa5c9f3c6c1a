package weft.producer.drift;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import weft.core.image.Shape;

/// What is done to the values of one image, in this order.
///
/// @param seed of the replay
public record Changes(long seed, List<Change> all) {
    /// @param amount that changes something
    record Change(Effect effect, double amount) {
        @Override
        public String toString() {
            return effect + ":" + Drift.rounded(amount);
        }
    }

    public Changes {
        all = List.copyOf(all);
    }

    /// As the header says it: `brightness:0.6,rotate:12.5`; empty where nothing is done.
    public Optional<String> header() {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream().map(Change::toString).collect(Collectors.joining(",")));
    }

    /// Gives the changed values; without any change the very same array.
    ///
    /// @param raw as it stands on the wire
    /// @param id of the image: with the epoch and the seed it decides about its noise
    public byte[] apply(Shape shape, byte[] raw, String id, int epoch) {
        if (all.isEmpty()) {
            return raw;
        }
        Canvas canvas = new Canvas(shape, raw);
        Random random = ImageSeed.noise(seed, id, epoch);
        for (Change change : all) {
            change.effect.apply(canvas, change.amount, random);
        }
        return canvas.toBytes();
    }
}
