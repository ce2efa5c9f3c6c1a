package weft.scorer.models;

import java.util.ArrayList;
import java.util.List;
import weft.core.model.Snapshot;

/// The snapshots of one model that are in memory, newest first: so many, of so many bytes.
final class Kept {
    private final List<Integer> sizes = new ArrayList<>();
    private List<Snapshot> newestFirst = List.of();

    List<Snapshot> newestFirst() {
        return newestFirst;
    }

    boolean isNewer(Snapshot snapshot) {
        return newestFirst.isEmpty()
                || snapshot.version() > newestFirst.getFirst().version();
    }

    /// Takes a newer one in; the oldest that are too many go.
    void add(Snapshot snapshot, int bytes) {
        int kept = 0;
        long sum = 0;
        while (kept < Math.min(sizes.size(), ModelRegistry.KEPT - 1)
                && sum + sizes.get(kept) <= ModelRegistry.KEPT_BYTES) {
            sum += sizes.get(kept++);
        }
        List<Snapshot> now = new ArrayList<>(kept + 1);
        now.add(snapshot);
        now.addAll(newestFirst.subList(0, kept));
        sizes.subList(kept, sizes.size()).clear();
        sizes.addFirst(bytes);
        newestFirst = List.copyOf(now);
    }

    /// Takes one in that is older than all; says whether there was room.
    boolean addOlder(Snapshot snapshot, int bytes) {
        if (isNewer(snapshot)
                || snapshot.version() >= newestFirst.getLast().version()
                || newestFirst.size() >= ModelRegistry.KEPT
                || sizes.stream().skip(1).mapToLong(Integer::longValue).sum() + bytes > ModelRegistry.KEPT_BYTES) {
            return false;
        }
        List<Snapshot> now = new ArrayList<>(newestFirst);
        now.add(snapshot);
        sizes.add(bytes);
        newestFirst = List.copyOf(now);
        return true;
    }
}
