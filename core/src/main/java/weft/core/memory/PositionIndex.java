package weft.core.memory;

import java.util.Arrays;

/// The position of each key's block, by open addressing: the keys themselves are with the blocks.
final class PositionIndex {
    /// Tells whether the block at a position has a key.
    interface Keys {
        boolean at(long position, byte[] key);
    }

    private static final long NONE = -1;

    private final Keys keys;
    private long[] positions = new long[16];
    private int[] hashes = new int[16];
    private int size;

    PositionIndex(Keys keys) {
        this.keys = keys;
        Arrays.fill(positions, NONE);
    }

    int size() {
        return size;
    }

    /// The position of a key's block, negative where there is none.
    long find(byte[] key) {
        return positions[slot(key)];
    }

    void put(byte[] key, long position) {
        int slot = slot(key);
        if (positions[slot] == NONE) {
            size++;
        }
        positions[slot] = position;
        hashes[slot] = hash(key);
        if (2 * size > positions.length) {
            grow();
        }
    }

    /// Takes a key out, and moves those behind it up that would not be found any more.
    void remove(byte[] key) {
        int gap = slot(key);
        if (positions[gap] == NONE) {
            return;
        }
        size--;
        for (int i = next(gap); positions[i] != NONE; i = next(i)) {
            if (distance(home(hashes[i]), i) >= distance(gap, i)) {
                positions[gap] = positions[i];
                hashes[gap] = hashes[i];
                gap = i;
            }
        }
        positions[gap] = NONE;
    }

    private int slot(byte[] key) {
        int hash = hash(key);
        int slot = home(hash);
        while (positions[slot] != NONE && !(hashes[slot] == hash && keys.at(positions[slot], key))) {
            slot = next(slot);
        }
        return slot;
    }

    private void grow() {
        long[] before = positions;
        int[] hashesBefore = hashes;
        positions = new long[2 * before.length];
        hashes = new int[positions.length];
        Arrays.fill(positions, NONE);
        for (int i = 0; i < before.length; i++) {
            if (before[i] != NONE) {
                int slot = home(hashesBefore[i]);
                while (positions[slot] != NONE) {
                    slot = next(slot);
                }
                positions[slot] = before[i];
                hashes[slot] = hashesBefore[i];
            }
        }
    }

    private int home(int hash) {
        return hash & (positions.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (positions.length - 1);
    }

    /// Steps from one slot on to another.
    private int distance(int from, int to) {
        return (to - from) & (positions.length - 1);
    }

    /// Spread, since keys that count up differ in their last bytes only.
    private static int hash(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
