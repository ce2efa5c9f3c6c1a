package weft.scorer.lookup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /// The image that came last and its pipelines: those of an image come one after the other.
    private String newest = "";

    private final Set<String> pipelinesOfNewest = new HashSet<>();

    /// Keeps about so many bytes.
    RecentAssignments(long mostBytes) {
        byImage = new RecentBlocks(mostBytes);
    }

    /// Takes an assignment in; a later one of the same image and pipeline replaces it.
    synchronized void put(String image, String pipeline, byte[] json) {
        if (!image.equals(newest)) {
            newest = image;
            pipelinesOfNewest.clear();
        }
        byte[] entry = entry(pipeline.getBytes(StandardCharsets.UTF_8), json);
        int weight = OVERHEAD + json.length;
        if (pipelinesOfNewest.isEmpty() || pipelinesOfNewest.contains(pipeline) || !byImage.extend(entry, weight)) {
            replace(image.getBytes(StandardCharsets.UTF_8), pipeline, entry, weight);
        }
        pipelinesOfNewest.add(pipeline);
    }

    /// Puts an image's block in anew, with an entry in place of the pipeline's earlier one.
    private void replace(byte[] image, String pipeline, byte[] entry, int entryWeight) {
        ByteBuffer before = ByteBuffer.wrap(byImage.get(image).orElse(NONE));
        ByteBuffer block = ByteBuffer.allocate(before.remaining() + entry.length);
        long weight = OVERHEAD + 2L * image.length + entryWeight;
        while (before.hasRemaining()) {
            int from = before.position();
            String other = StandardCharsets.UTF_8.decode(next(before)).toString();
            int length = next(before).remaining();
            pipelinesOfNewest.add(other);
            if (!other.equals(pipeline)) {
                weight += OVERHEAD + length;
                block.put(before.slice(from, before.position() - from));
            }
        }
        block.put(entry);
        byte[] content = Arrays.copyOf(block.array(), block.position());
        byImage.put(image, content, (int) Math.min(weight, Integer.MAX_VALUE));
    }

    private static byte[] entry(byte[] name, byte[] json) {
        byte[] entry = new byte[2 * Integer.BYTES + name.length + json.length];
        int end = write(name, entry, 0);
        write(json, entry, end);
        return entry;
    }

    /// As [ByteBuffer#getInt] reads the length. By hand, as what is done for each assignment is compiled sooner so.
    private static int write(byte[] part, byte[] entry, int at) {
        for (int i = 0; i < Integer.BYTES; i++) {
            entry[at + i] = (byte) (part.length >>> (8 * (Integer.BYTES - 1 - i)));
        }
        System.arraycopy(part, 0, entry, at + Integer.BYTES, part.length);
        return at + Integer.BYTES + part.length;
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
