package weft.core.memory;

import java.util.Optional;
import java.util.function.BiConsumer;

/// The latest blocks of bytes by key, as many as a bound allows; what is longest untouched goes first.
///
/// What is put in is copied into one log, so a steady stream leaves no objects behind that grow old. Blocks that were
/// replaced take room until those before them are gone, but never more than what is kept takes. Not for several threads
/// without a lock.
public final class RecentBlocks {
    /// Four numbers before the key: its length, the content's length, the weight, and 1 where the block is kept.
    private static final int HEADER = 4 * Integer.BYTES;

    private record Block(long at, int keyBytes, int contentBytes, int weight, boolean kept) {
        int bytes() {
            return HEADER + keyBytes + contentBytes;
        }

        long key() {
            return at + HEADER;
        }

        long content() {
            return key() + keyBytes;
        }

        long end() {
            return at + bytes();
        }
    }

    private final long mostWeight;
    private final ByteLog log = new ByteLog();
    private final PositionIndex index = new PositionIndex(this::hasKey);
    private long weight;
    private long kept;

    /// Where the block lies that was put in last, or -1 where it was not kept; it may be gone meanwhile.
    private long newest = -1;

    /// @param mostWeight of all blocks together
    public RecentBlocks(long mostWeight) {
        this.mostWeight = mostWeight;
    }

    /// Takes a block in as the newest, instead of the one that the key had; one that is too heavy alone is not kept.
    ///
    /// @param weight what counts towards the bound, at least 0
    public void put(byte[] key, byte[] content, int weight) {
        newest = -1;
        long before = index.find(key);
        if (before >= 0) {
            drop(block(before), key);
        }
        if (weight > mostWeight) {
            return;
        }
        makeRoom(weight);
        index.put(key, append(key, content, weight));
        this.weight += weight;
        kept += HEADER + key.length + content.length;
        if (log.end() - log.front() > 2 * kept + ByteLog.PIECE_BYTES) {
            compact();
        }
    }

    /// Adds to the end of the block that was put in last, which costs less than to put it in anew.
    ///
    /// @param weight of what is added, at least 0
    /// @return false where the block is gone, or would be too heavy: nothing is added then
    public boolean extend(byte[] more, int weight) {
        if (newest < log.front() || newest >= log.end()) {
            return false;
        }
        Block block = block(newest);
        long heavier = (long) block.weight + weight;
        if (!block.kept || heavier > mostWeight || heavier > Integer.MAX_VALUE) {
            return false;
        }
        makeRoom(weight);
        log.append(more, more.length);
        log.write(newest, header(block.keyBytes, block.contentBytes + more.length, (int) heavier, true), HEADER);
        this.weight += weight;
        kept += more.length;
        return true;
    }

    /// A copy of a key's block.
    public Optional<byte[]> get(byte[] key) {
        long at = index.find(key);
        return at < 0 ? Optional.empty() : Optional.of(content(block(at)));
    }

    int size() {
        return index.size();
    }

    /// Gives copies of all keys and blocks.
    void oldestFirst(BiConsumer<byte[], byte[]> taker) {
        for (long at = log.front(); at < log.end(); at = block(at).end()) {
            Block block = block(at);
            if (block.kept) {
                taker.accept(key(block), content(block));
            }
        }
    }

    /// Memory that is taken for blocks.
    long bytesTaken() {
        return log.bytesTaken();
    }

    /// Lets a block go. The log begins with one that is kept at all times.
    private void drop(Block block, byte[] key) {
        index.remove(key);
        weight -= block.weight;
        kept -= block.bytes();
        if (block.end() == log.end()) {
            log.giveUpFrom(block.at);
        } else {
            log.write(block.at, header(block.keyBytes, block.contentBytes, block.weight, false), HEADER);
        }
        while (log.front() < log.end() && !block(log.front()).kept) {
            log.giveUpBefore(block(log.front()).end());
        }
    }

    /// Lets the oldest go until so much more is within the bound.
    private void makeRoom(int more) {
        while (weight + more > mostWeight) {
            Block oldest = block(log.front());
            drop(oldest, key(oldest));
        }
    }

    /// Moves all that is kept to the end, in its order, and so gives up what lies between.
    private void compact() {
        long end = log.end();
        while (log.front() < end) {
            Block block = block(log.front());
            if (block.kept) {
                byte[] key = key(block);
                index.put(key, append(key, content(block), block.weight));
            }
            log.giveUpBefore(block.end());
        }
    }

    private long append(byte[] key, byte[] content, int weight) {
        long at = log.end();
        newest = at;
        log.append(header(key.length, content.length, weight, true), HEADER);
        log.append(key, key.length);
        log.append(content, content.length);
        return at;
    }

    private static byte[] header(int keyBytes, int contentBytes, int weight, boolean kept) {
        byte[] header = new byte[HEADER];
        int[] numbers = {keyBytes, contentBytes, weight, kept ? 1 : 0};
        for (int i = 0; i < HEADER; i++) {
            header[i] = (byte) (numbers[i / Integer.BYTES] >>> (8 * (i % Integer.BYTES)));
        }
        return header;
    }

    private Block block(long at) {
        return new Block(at, log.int32(at, 0), log.int32(at, 1), log.int32(at, 2), log.int32(at, 3) == 1);
    }

    private byte[] key(Block block) {
        return log.read(block.key(), block.keyBytes);
    }

    private byte[] content(Block block) {
        return log.read(block.content(), block.contentBytes);
    }

    private boolean hasKey(long at, byte[] key) {
        return log.int32(at, 0) == key.length && log.holds(at + HEADER, key);
    }
}
