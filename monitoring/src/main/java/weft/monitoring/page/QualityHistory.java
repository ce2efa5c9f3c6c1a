package weft.monitoring.page;

import java.util.ArrayList;
import java.util.List;

/// A pipeline's figures over the whole stream in bounded memory: where it is full, every other point goes, so
/// that the curve keeps its length and loses detail.
///
/// Not for several threads without a lock.
final class QualityHistory {
    private final int capacity;
    private final List<QualityPoint> points = new ArrayList<>();
    private double spacing;

    QualityHistory(int capacity) {
        if (capacity < 4) {
            throw new IllegalArgumentException("capacity must be at least 4, not " + capacity);
        }
        this.capacity = capacity;
    }

    /// Takes the next point; the last one stays movable, so that the curve always ends at what is newest. A
    /// count that falls is another stream's and starts the curve afresh.
    void add(QualityPoint point) {
        if (!points.isEmpty() && point.images() < points.getLast().images()) {
            points.clear();
            spacing = 0;
        }
        int last = points.size() - 1;
        boolean same = last >= 0 && points.get(last).images() == point.images();
        boolean near =
                last > 0 && points.get(last).images() - points.get(last - 1).images() < spacing;
        if (same || near) {
            points.set(last, point);
            return;
        }
        points.add(point);
        if (points.size() == capacity) {
            thin();
        }
    }

    private void thin() {
        List<QualityPoint> kept = new ArrayList<>();
        for (int i = 0; i < points.size() - 1; i += 2) {
            kept.add(points.get(i));
        }
        kept.add(points.getLast());
        points.clear();
        points.addAll(kept);
        // As wide as what is left, so that old and new stretches stay equally fine.
        spacing = 2 * (points.getLast().images() - points.getFirst().images()) / (capacity - 1);
    }

    List<QualityPoint> points() {
        return List.copyOf(points);
    }
}
