package weft.scorer.quality;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A hundred images of a window: the cluster and the label of each.
///
/// Its stored form is its number as eight bytes, then two bytes for each cluster and two for each label.
final class WindowChunk {
    static final int IMAGES = 100;

    private static final int ENTRY = 2 * Short.BYTES;

    private final ByteBuffer bytes;

    /// An empty one.
    ///
    /// @param sequence its number, one more than its predecessor's
    WindowChunk(long sequence) {
        bytes = ByteBuffer.allocate(Long.BYTES + IMAGES * ENTRY).putLong(sequence);
    }

    /// Reads the stored form.
    static WindowChunk of(byte[] stored) {
        WindowChunk chunk = new WindowChunk(ByteBuffer.wrap(stored).getLong());
        chunk.bytes.put(stored, Long.BYTES, stored.length - Long.BYTES);
        return chunk;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    long sequence() {
        return bytes.getLong(0);
    }

    int entries() {
        return (bytes.position() - Long.BYTES) / ENTRY;
    }

    boolean full() {
        return !bytes.hasRemaining();
    }

    void add(int cluster, int label) {
        bytes.putShort((short) cluster).putShort((short) label);
    }

    int cluster(int entry) {
        return bytes.getShort(Long.BYTES + entry * ENTRY);
    }

    int label(int entry) {
        return bytes.getShort(Long.BYTES + entry * ENTRY + Short.BYTES);
    }
}
