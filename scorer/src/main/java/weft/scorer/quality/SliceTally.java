package weft.scorer.quality;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Tally;

/// Counts cluster × label of one pipeline and slice, over its life and over a sliding window.
///
/// A hundred images of the window are one value of the state store, a chunk; of the oldest one the first images
/// may have left the window. Every change is handed to `store`, so that the counts survive exactly as far as
/// the task's offsets do.
final class SliceTally {
    static final int CHUNK = 100;

    private static final String LIFETIME = "N/";
    private static final String CHUNKS = "V/";

    private static final int ENTRY = 2 * Short.BYTES;

    /// A chunk's key must not depend on the size of the window, which may be another one after a restart.
    private static final int CHUNK_KEYS = 101;

    private static final int FIRST_LABELS = 10;

    private final String lifetimePrefix;
    private Tally lifetime;
    private Tally window;
    private final BiConsumer<String, byte[]> store;
    private final @Nullable String[][] lifetimeKeys;
    private final String[] chunkKeys;
    private final byte[] @Nullable [] chunks;
    private final int images;
    private long sequence;
    private long oldest;
    private int leftOfOldest;
    private int held;

    /// Starts at zero.
    ///
    /// @param images that the window holds, at least 1
    /// @param prefix of the store's keys
    SliceTally(int clusters, int images, String prefix, BiConsumer<String, byte[]> store) {
        this.store = store;
        this.images = images;
        // One more than are full, so that a chunk that is overwritten has left the window altogether.
        int chunks = (images + CHUNK - 1) / CHUNK + 1;
        lifetime = new Tally(clusters, FIRST_LABELS);
        window = new Tally(clusters, FIRST_LABELS);
        this.chunks = new byte[chunks][];
        this.chunks[0] = chunk(0, 0);
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
        long count = lifetime.count(cluster, label);
        store.accept(
                lifetimeKey(cluster, label),
                ByteBuffer.allocate(Long.BYTES).putLong(count).array());

        int slot = (int) (sequence % chunks.length);
        byte[] current = chunks[slot];
        if (entries(current) == CHUNK) {
            sequence++;
            slot = (int) (sequence % chunks.length);
            current = chunk(sequence, 0);
        }
        byte[] longer = Arrays.copyOf(current, current.length + ENTRY);
        ByteBuffer.wrap(longer, current.length, ENTRY).putShort((short) cluster).putShort((short) label);
        chunks[slot] = longer;
        window.add(cluster, label);
        held++;
        trim();
        store.accept(chunkKeys[(int) (sequence % chunkKeys.length)], longer);
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
            byte[] chunk = chunks[(int) (oldest % chunks.length)];
            if (chunk == null || sequence(chunk) != oldest || leftOfOldest == entries(chunk)) {
                oldest++;
                leftOfOldest = 0;
            } else {
                window.remove(cluster(chunk, leftOfOldest), label(chunk, leftOfOldest));
                leftOfOldest++;
                held--;
            }
        }
    }

    private void forget(byte @Nullable [] chunk) {
        for (int i = 0; chunk != null && i < entries(chunk); i++) {
            window.remove(cluster(chunk, i), label(chunk, i));
            held--;
        }
    }

    /// Takes back what [#add] stored under a key without its prefix.
    void restore(String key, byte[] value) {
        if (key.startsWith(LIFETIME)) {
            int slash = key.indexOf('/', LIFETIME.length());
            restoreLifetime(
                    Integer.parseInt(key.substring(LIFETIME.length(), slash)),
                    Integer.parseInt(key.substring(slash + 1)),
                    value);
        } else if (key.startsWith(CHUNKS)) {
            restoreChunk(value);
        } else if (key.startsWith(TenClasses.LIFETIME)) {
            restoreLifetime(TenClasses.cluster(key), TenClasses.label(key), value);
        } else {
            restoreChunk(TenClasses.chunk(value));
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
    private void restoreChunk(byte[] value) {
        long restored = sequence(value);
        int slot = (int) (restored % chunks.length);
        byte[] there = chunks[slot];
        boolean newer = there == null
                || restored > sequence(there)
                || (restored == sequence(there) && value.length > there.length);
        if (!newer || restored <= sequence - chunks.length) {
            return;
        }
        forget(there);
        chunks[slot] = value;
        for (int i = 0; i < entries(value); i++) {
            makeRoom(label(value, i));
            window.add(cluster(value, i), label(value, i));
            held++;
        }
        sequence = Math.max(sequence, restored);
        oldest = Math.max(0, sequence - chunks.length + 1);
        for (int i = 0; i < chunks.length; i++) {
            if (chunks[i] != null && sequence(chunks[i]) <= sequence - chunks.length) {
                forget(chunks[i]);
                chunks[i] = null;
            }
        }
    }

    private static long sequence(byte[] chunk) {
        return ByteBuffer.wrap(chunk).getLong();
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

    private static byte[] chunk(long sequence, int entries) {
        return ByteBuffer.allocate(Long.BYTES + entries * ENTRY)
                .putLong(sequence)
                .array();
    }

    private static int entries(byte[] chunk) {
        return (chunk.length - Long.BYTES) / ENTRY;
    }

    private static int cluster(byte[] chunk, int entry) {
        return ByteBuffer.wrap(chunk).getShort(Long.BYTES + entry * ENTRY);
    }

    private static int label(byte[] chunk, int entry) {
        return ByteBuffer.wrap(chunk).getShort(Long.BYTES + entry * ENTRY + Short.BYTES);
    }
}
