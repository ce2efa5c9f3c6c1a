package weft.scorer.quality;

import java.nio.ByteBuffer;

/// How earlier releases stored counts: of ten classes, each by its index.
final class TenClasses {
    static final String LIFETIME = "L/";

    static final int CLASSES = 10;
    private static final int ENTRY = Short.BYTES + 1;

    private TenClasses() {}

    static int cluster(String lifetimeKey) {
        return Integer.parseInt(lifetimeKey.substring(LIFETIME.length())) / CLASSES;
    }

    static int label(String lifetimeKey) {
        return Integer.parseInt(lifetimeKey.substring(LIFETIME.length())) % CLASSES;
    }

    /// A chunk of the window as it is stored now.
    static byte[] chunk(byte[] old) {
        ByteBuffer read = ByteBuffer.wrap(old);
        int entries = (old.length - Long.BYTES) / ENTRY;
        ByteBuffer chunk =
                ByteBuffer.allocate(Long.BYTES + 2 * Short.BYTES * entries).putLong(read.getLong());
        for (int i = 0; i < entries; i++) {
            chunk.putShort(read.getShort()).putShort(read.get());
        }
        return chunk.array();
    }
}
