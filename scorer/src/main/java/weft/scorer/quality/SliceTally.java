package weft.scorer.quality;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Tally;

/// Counts cluster × label of one pipeline and slice, over its life and over a sliding window.
///
/// A hundred images of the window are one value of the state store, a chunk; of the oldest one the first images
/// may have left the window. Changes stay in memory until [#save] writes them.
final class SliceTally {
    private static final String LIFETIME = "N/";
    private static final String CHUNKS = "V/";

    /// A chunk's key must not depend on the size of the window, which may be another one after a restart.
    private static final int CHUNK_KEYS = 101;

    private static final int FIRST_LABELS = 10;

    private final String lifetimePrefix;
    private Tally lifetime;
    private Tally window;
    private final @Nullable String[][] lifetimeKeys;
    private final String[] chunkKeys;
    private final @Nullable WindowChunk[] chunks;
    private final int images;
    private long sequence;
    private long oldest;
    private int leftOfOldest;
    private int held;

    /// Lifetime counts that [#save] has to write, by cluster x the most labels + label.
    private final BitSet changed = new BitSet();

    private final int mostLabels;

    /// The first chunk that [#save] has to write; beyond the last one where there is none.
    private long firstUnsaved = 1;

    /// Starts at zero.
    ///
    /// @param images that the window holds, at least 1
    /// @param prefix of the store's keys
    SliceTally(int clusters, int images, String prefix) {
        this.images = images;
        mostLabels = PipelineTally.MOST_CELLS / clusters;
        // One more than are full, so that a chunk that is overwritten has left the window altogether.
        int chunks = (images + WindowChunk.IMAGES - 1) / WindowChunk.IMAGES + 1;
        lifetime = new Tally(clusters, FIRST_LABELS);
        window = new Tally(clusters, FIRST_LABELS);
        this.chunks = new WindowChunk[chunks];
        this.chunks[0] = new WindowChunk(0);
        // Made once: a key is needed for every image.
        lifetimePrefix = prefix + LIFETIME;
        lifetimeKeys = new String[clusters][FIRST_LABELS];
        chunkKeys = keys(prefix + CHUNKS, Math.max(CHUNK_KEYS, chunks));
    }

    private static String[] keys(String prefix, int count) {
        String[] keys = new String[count];
        Arrays.setAll(keys, i -> prefix + i);
        return keys;
    }

    void add(int cluster, int label) {
        makeRoom(label);
        lifetime.add(cluster, label);
        changed.set(cluster * mostLabels + label);
        WindowChunk current = chunk(sequence);
        if (current == null || current.full()) {
            sequence++;
            current = new WindowChunk(sequence);
            chunks[slot(sequence)] = current;
        }
        current.add(cluster, label);
        firstUnsaved = Math.min(firstUnsaved, sequence);
        window.add(cluster, label);
        held++;
        trim();
    }

    /// Writes what has changed since the last call, each value once.
    void save(BiConsumer<String, byte[]> store) {
        for (int cell = changed.nextSetBit(0); cell >= 0; cell = changed.nextSetBit(cell + 1)) {
            int cluster = cell / mostLabels;
            int label = cell % mostLabels;
            byte[] count = ByteBuffer.allocate(Long.BYTES)
                    .putLong(lifetime.count(cluster, label))
                    .array();
            store.accept(lifetimeKey(cluster, label), count);
        }
        changed.clear();
        // What has left the window already is of no use any more.
        for (long one = Math.max(firstUnsaved, sequence - chunks.length + 1); one <= sequence; one++) {
            WindowChunk chunk = chunk(one);
            if (chunk != null) {
                store.accept(chunkKeys[(int) (one % chunkKeys.length)], chunk.toBytes());
            }
        }
        firstUnsaved = sequence + 1;
    }

    private int slot(long chunk) {
        return (int) (chunk % chunks.length);
    }

    /// Null where it has left the window, or has never been.
    private @Nullable WindowChunk chunk(long number) {
        WindowChunk there = chunks[slot(number)];
        return there == null || there.sequence() != number ? null : there;
    }

    private void makeRoom(int label) {
        lifetime = lifetime.withRoomFor(label);
        window = window.withRoomFor(label);
    }

    private String lifetimeKey(int cluster, int label) {
        @Nullable String[] keys = lifetimeKeys[cluster];
        if (label >= keys.length) {
            keys = Arrays.copyOf(keys, lifetime.classes());
            lifetimeKeys[cluster] = keys;
        }
        String key = keys[label];
        if (key == null) {
            key = lifetimePrefix + cluster + "/" + label;
            keys[label] = key;
        }
        return key;
    }

    /// Lets the oldest images go that are more than the window holds.
    private void trim() {
        while (held > images) {
            WindowChunk chunk = chunk(oldest);
            if (chunk == null || leftOfOldest == chunk.entries()) {
                oldest++;
                leftOfOldest = 0;
            } else {
                window.remove(chunk.cluster(leftOfOldest), chunk.label(leftOfOldest));
                leftOfOldest++;
                held--;
            }
        }
    }

    private void forget(@Nullable WindowChunk chunk) {
        for (int i = 0; chunk != null && i < chunk.entries(); i++) {
            window.remove(chunk.cluster(i), chunk.label(i));
            held--;
        }
    }

    /// Takes back what [#save] wrote under a key without its prefix.
    void restore(String key, byte[] value) {
        if (key.startsWith(LIFETIME)) {
            int slash = key.indexOf('/', LIFETIME.length());
            restoreLifetime(
                    Integer.parseInt(key.substring(LIFETIME.length(), slash)),
                    Integer.parseInt(key.substring(slash + 1)),
                    value);
        } else if (key.startsWith(CHUNKS)) {
            restoreChunk(WindowChunk.of(value));
        } else if (key.startsWith(TenClasses.LIFETIME)) {
            restoreLifetime(TenClasses.cluster(key), TenClasses.label(key), value);
        } else {
            restoreChunk(WindowChunk.of(TenClasses.chunk(value)));
        }
    }

    private void restoreLifetime(int cluster, int label, byte[] value) {
        makeRoom(label);
        long count = ByteBuffer.wrap(value).getLong();
        // The count of an earlier release stays beside that which went on from it.
        lifetime.add(cluster, label, Math.max(0, count - lifetime.count(cluster, label)));
    }

    /// The window may have had another size when the chunk was stored: one that has left this window is passed
    /// over.
    private void restoreChunk(WindowChunk restored) {
        long number = restored.sequence();
        WindowChunk there = chunks[slot(number)];
        boolean newer = there == null
                || number > there.sequence()
                || (number == there.sequence() && restored.entries() > there.entries());
        if (!newer || number <= sequence - chunks.length) {
            return;
        }
        forget(there);
        chunks[slot(number)] = restored;
        for (int i = 0; i < restored.entries(); i++) {
            makeRoom(restored.label(i));
            window.add(restored.cluster(i), restored.label(i));
            held++;
        }
        sequence = Math.max(sequence, number);
        firstUnsaved = sequence + 1;
        oldest = Math.max(0, sequence - chunks.length + 1);
        for (int i = 0; i < chunks.length; i++) {
            WindowChunk chunk = chunks[i];
            if (chunk != null && chunk.sequence() <= sequence - chunks.length) {
                forget(chunk);
                chunks[i] = null;
            }
        }
    }

    ContingencyTable lifetime() {
        return lifetime.table();
    }

    ContingencyTable window() {
        trim();
        return window.table();
    }

    /// The most common label of a cluster's labelled past in the window; -1 where it has none.
    int majority(int cluster) {
        trim();
        int best = -1;
        long most = 0;
        for (int label = 0; label < window.classes(); label++) {
            long count = window.count(cluster, label);
            if (count > most) {
                most = count;
                best = label;
            }
        }
        return best;
    }
}
