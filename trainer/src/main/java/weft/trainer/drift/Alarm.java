package weft.trainer.drift;

import java.util.List;

/// The stream has changed.
///
/// @param first whether the stream was stable until now
/// @param signal that showed it: `shares` of the clusters, `distances` within them, `reconstruction`
/// @param strength total variation distance between the recent images and those before, 0 to 1
/// @param since how many images the training had seen before the first one that speaks for it, and where that stands in
/// the log
/// @param examples of recent images that were rare before, as PARTITION-OFFSET
public record Alarm(
        boolean first,
        String signal,
        double strength,
        long since,
        int sincePartition,
        long sinceOffset,
        List<String> examples) {
    public Alarm {
        examples = List.copyOf(examples);
    }
}
