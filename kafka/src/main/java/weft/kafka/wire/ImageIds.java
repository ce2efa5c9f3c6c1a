package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How images are called.
public final class ImageIds {
    /// An id is repeated in every assignment and kept while a label is awaited.
    private static final int ID_BYTES = 1_024;

    private ImageIds() {}

    /// The id of an image: its key, or where it has none `PARTITION-OFFSET`.
    ///
    /// @param key as UTF-8 gives it
    /// @throws IllegalArgumentException that says in one line why it is no id
    public static String of(@Nullable String key, int partition, long offset) {
        if (key == null || key.isEmpty()) {
            return partition + "-" + offset;
        }
        check(key);
        return key;
    }

    /// Checks a key that is somebody's id.
    ///
    /// @throws IllegalArgumentException that says in one line why it is no id
    public static void check(String id) {
        // A character has three bytes at most, or four as two of Java's.
        int bytes = 3 * id.length() <= ID_BYTES ? 0 : id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ID_BYTES) {
            throw new IllegalArgumentException(
                    "the key, which is the image's id, has " + bytes + " bytes, more than " + ID_BYTES);
        }
        // What stands for malformed bytes: keys that differ must not become one id.
        if (id.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("the key, which is the image's id, is not UTF-8");
        }
    }
}
