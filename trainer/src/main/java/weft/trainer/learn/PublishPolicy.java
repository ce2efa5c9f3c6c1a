package weft.trainer.learn;

import java.time.Duration;
import java.util.stream.LongStream;

/// When a model is published.
///
/// A milestone is a matter of images alone: there the clusterers are fitted to the window, so it must not
/// depend on how fast the machine was. Whether it is published at once, and what is published in between, time
/// decides; neither changes anything in the training.
record PublishPolicy(int every, Duration slowest) {
    /// A replay at full speed comes to ten milestones a second. To publish each would cost an eighth of all there is
    /// to do, and the models would not differ.
    private static final Duration FASTEST = Duration.ofMillis(500);

    /// Images of a start, of which every milestone is published at once.
    private static final long START = 20_000;

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

    /// Whether a milestone need not be published at once.
    boolean mayWait(Duration sincePublication, long imagesSeen) {
        return imagesSeen > START && sincePublication.compareTo(FASTEST) < 0;
    }

    /// Whether it is time to show what has been learnt since the last publication.
    ///
    /// @param waiting whether a milestone is part of that
    boolean overdue(Duration sincePublication, boolean learntSince, boolean waiting) {
        return learntSince
                && (sincePublication.compareTo(slowest) >= 0 || (waiting && sincePublication.compareTo(FASTEST) >= 0));
    }
}
