package weft.trainer.learn;

import java.time.Duration;
import java.util.stream.LongStream;

/// When a model is published.
///
/// A milestone is a matter of images alone: there the clusterers are fitted to the window, so it must not
/// depend on how fast the machine was. In between, time decides; such a publication changes nothing in the
/// training.
record PublishPolicy(int every, Duration slowest) {
    /// A stream must not wait for its first clusters, and the start improves fast.
    private static final long[] EARLY = {500, 2_000, 5_000, 10_000};

    /// Whether a milestone lies between two counts of images seen.
    boolean milestone(long before, long after) {
        for (long early : EARLY) {
            if (before < early && early <= after) {
                return true;
            }
        }
        return before / every < after / every;
    }

    /// The first milestone at which there are enough images.
    long first(int fewest) {
        long multiple = Math.ceilDiv(fewest, every) * (long) every;
        return LongStream.of(EARLY)
                .filter(early -> early >= fewest)
                .map(early -> Math.min(early, multiple))
                .findFirst()
                .orElse(multiple);
    }

    /// Whether it is time to show what has been learnt since the last publication.
    boolean overdue(Duration sincePublication, boolean learntSince) {
        return learntSince && sincePublication.compareTo(slowest) >= 0;
    }
}
