package weft.scorer.lookup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import weft.core.memory.RecentBlocks;

/// The latest assignments by image, as they are on the topic; what is longest untouched goes first.
///
/// A block has the assignments of one image: for each the pipeline's name and the JSON, their lengths before them.
final class RecentAssignments {
    /// What an entry counts for beside its text, roughly.
    private static final int OVERHEAD = 150;

    private static final byte[] NONE = {};

    private final RecentBlocks byImage;

    /// Keeps about so many bytes.
    RecentAssignments(long mostBytes) {
        byImage = new RecentBlocks(mostBytes);
    }

    /// Takes an assignment in; a later one of the same image and pipeline replaces it.
    synchronized void put(String image, String pipeline, byte[] json) {
        byte[] id = image.getBytes(StandardCharsets.UTF_8);
        byte[] name = pipeline.getBytes(StandardCharsets.UTF_8);
        byte[] before = byImage.get(id).orElse(NONE);
        ByteBuffer block = ByteBuffer.allocate(before.length + 2 * Integer.BYTES + name.length + json.length);
        long weight = OVERHEAD + 2L * image.length();
        for (ByteBuffer rest = ByteBuffer.wrap(before); rest.hasRemaining(); ) {
            ByteBuffer otherName = next(rest);
            ByteBuffer other = next(rest);
            if (!otherName.equals(ByteBuffer.wrap(name))) {
                weight += OVERHEAD + other.remaining();
                add(block, otherName);
                add(block, other);
            }
        }
        weight += OVERHEAD + json.length;
        add(block, ByteBuffer.wrap(name));
        add(block, ByteBuffer.wrap(json));
        byte[] content = new byte[block.position()];
        block.flip().get(content);
        byImage.put(id, content, (int) Math.min(weight, Integer.MAX_VALUE));
    }

    private static void add(ByteBuffer block, ByteBuffer part) {
        block.putInt(part.remaining()).put(part);
    }

    private static ByteBuffer next(ByteBuffer rest) {
        int length = rest.getInt();
        ByteBuffer part = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return part;
    }

    /// The assignments of an image, by pipeline; empty where none is kept.
    synchronized Collection<byte[]> of(String image) {
        SortedMap<String, byte[]> assignments = new TreeMap<>();
        byte[] block = byImage.get(image.getBytes(StandardCharsets.UTF_8)).orElse(NONE);
        for (ByteBuffer rest = ByteBuffer.wrap(block); rest.hasRemaining(); ) {
            String pipeline = StandardCharsets.UTF_8.decode(next(rest)).toString();
            byte[] json = new byte[rest.getInt()];
            rest.get(json);
            assignments.put(pipeline, json);
        }
        return List.copyOf(assignments.values());
    }
}
