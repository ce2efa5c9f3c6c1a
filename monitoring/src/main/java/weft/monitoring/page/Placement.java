package weft.monitoring.page;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import weft.core.model.Standing;
import weft.kafka.wire.AssignmentEvent;

/// Where one pipeline put an image.
///
/// @param clusterName majority class of the cluster at that time
/// @param score and `margin` and `outlier` as on the assignments topic
record Placement(
        int cluster,
        Optional<String> clusterName,
        double score,
        double margin,
        OptionalDouble outlier,
        long modelVersion,
        boolean trainedOn,
        Instant scoredAt) {
    static Placement of(AssignmentEvent event) {
        return new Placement(
                event.assignment().cluster(),
                event.clusterName(),
                event.assignment().score(),
                event.assignment().margin(),
                event.standing().stream().mapToDouble(Standing::outlier).findFirst(),
                event.modelVersion(),
                event.trainedOn(),
                event.scoredAt());
    }
}
