package weft.monitoring.page;

import java.util.Map;
import java.util.OptionalInt;
import weft.core.image.ImageValues;
import weft.core.image.Split;

/// An image of the stream with what every pipeline made of it.
///
/// @param label the true class, where somebody told it
/// @param placements by pipeline
record SeenImage(
        String id, ImageValues values, OptionalInt label, Split split, int epoch, Map<String, Placement> placements) {
    SeenImage {
        placements = Map.copyOf(placements);
    }

    SeenImage labelled(int later) {
        return new SeenImage(id, values, OptionalInt.of(later), split, epoch, placements);
    }
}
