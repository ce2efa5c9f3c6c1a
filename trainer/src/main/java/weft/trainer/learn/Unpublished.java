package weft.trainer.learn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What a training has learnt and noticed since its last publication, and when that is published.
final class Unpublished {
    private final PublishPolicy policy;
    private final List<Happening> events = new ArrayList<>();
    private long published;
    private boolean urgent;
    private boolean waiting;

    Unpublished(PublishPolicy policy) {
        this.policy = policy;
    }

    void add(List<Happening> happened) {
        events.addAll(happened);
    }

    /// Adds what is to be told at once.
    void addUrgent(Happening happening) {
        events.add(happening);
        urgent = true;
    }

    boolean urgent() {
        return urgent;
    }

    /// Whether a milestone is published at once; else it waits until it is overdue.
    boolean dueAt(Supplier<Duration> sincePublication, long imagesSeen) {
        waiting = true;
        return !events.isEmpty() || !policy.mayWait(sincePublication.get(), imagesSeen);
    }

    boolean overdue(Duration sincePublication, long imagesSeen) {
        return policy.overdue(sincePublication, learntSince(imagesSeen), waiting);
    }

    /// Whether there is another model than the published one.
    boolean learntSince(long imagesSeen) {
        return imagesSeen > published;
    }

    /// Gives away the events; all is published with them.
    List<Happening> publish(long imagesSeen) {
        List<Happening> happened = List.copyOf(events);
        events.clear();
        published = imagesSeen;
        urgent = false;
        waiting = false;
        return happened;
    }
}
