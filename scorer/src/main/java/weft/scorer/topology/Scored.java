package weft.scorer.topology;

import java.util.Optional;
import weft.core.model.Assignment;
import weft.core.model.Objective;
import weft.core.model.Standing;
import weft.scorer.models.Seat;

/// One pipeline's answer for an image, before it is emitted.
///
/// @param seat the part that it plays
/// @param standing of the image in its cluster, where the snapshot tells it
/// @param kind what the clusterer optimises; `objective` is this image's share of it
/// @param trainedOn whether the snapshot of that version had learnt from the image
record Scored(
        Seat seat,
        long version,
        boolean trainedOn,
        Assignment assignment,
        Optional<Standing> standing,
        Objective kind,
        double objective) {
    boolean finite() {
        return Double.isFinite(assignment.score())
                && Double.isFinite(assignment.margin())
                && Double.isFinite(objective);
    }
}
