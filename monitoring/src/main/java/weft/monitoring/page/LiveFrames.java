package weft.monitoring.page;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The newest frame of every view that somebody looks at, drawn once for all who do.
///
/// Nothing is queued: a client that is slow finds the newest frame when it comes back, and those between are
/// gone. So a client costs the same whether it reads or not.
final class LiveFrames {
    /// What a client looks at.
    record View(String pipeline, int page) {}

    /// @param sequence rises with every frame of a view, so that a client sees that it missed some
    record Frame(long sequence, String json) {}

    private static final class Slot {
        private int clients;
        private @Nullable Frame frame;
    }

    private final Function<View, String> draw;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fresh = lock.newCondition();
    private final Map<View, Slot> slots = new HashMap<>();
    private int clients;
    private long sequence;
    private boolean closed;

    LiveFrames(int most, Function<View, String> draw) {
        this.most = most;
        this.draw = draw;
    }

    /// Counts a client in.
    ///
    /// @return false where there are as many as there may be
    boolean join(View view) {
        lock.lock();
        try {
            if (closed || clients >= most) {
                return false;
            }
            clients++;
            slots.computeIfAbsent(view, _ -> new Slot()).clients++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(View view) {
        lock.lock();
        try {
            clients--;
            Slot slot = slots.get(view);
            if (slot != null && --slot.clients == 0) {
                slots.remove(view);
            }
        } finally {
            lock.unlock();
        }
    }

    int clients() {
        lock.lock();
        try {
            return clients;
        } finally {
            lock.unlock();
        }
    }

    /// Draws what is looked at; what has not changed is not told again.
    void refresh() {
        for (View view : views()) {
            String json = draw.apply(view);
            lock.lock();
            try {
                Slot slot = slots.get(view);
                if (slot != null && (slot.frame == null || !slot.frame.json().equals(json))) {
                    slot.frame = new Frame(++sequence, json);
                    fresh.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private List<View> views() {
        lock.lock();
        try {
            return List.copyOf(slots.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a frame behind `seen`.
    ///
    /// @return empty after `patience` without one, or at the end
    Optional<Frame> awaitAfter(View view, long seen, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                Slot slot = slots.get(view);
                Frame frame = slot == null ? null : slot.frame;
                if (frame != null && frame.sequence() > seen) {
                    return Optional.of(frame);
                }
                if (closed || nanos <= 0) {
                    return Optional.empty();
                }
                nanos = fresh.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Lets every client go.
    void close() {
        lock.lock();
        try {
            closed = true;
            fresh.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
