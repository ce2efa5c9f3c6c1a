package weft.monitoring.page;

import java.time.Instant;
import java.util.Optional;
import weft.kafka.wire.AssignmentEvent;

/// Where one pipeline put an image.
///
/// @param clusterName majority class of the cluster at that time
/// @param score and `margin` as on the assignments topic
record Placement(
        int cluster,
        Optional<String> clusterName,
        double score,
        double margin,
        long modelVersion,
        boolean trainedOn,
        Instant scoredAt) {
    static Placement of(AssignmentEvent event) {
        return new Placement(
                event.assignment().cluster(),
                event.clusterName(),
                event.assignment().score(),
                event.assignment().margin(),
                event.modelVersion(),
                event.trainedOn(),
                event.scoredAt());
    }
}
