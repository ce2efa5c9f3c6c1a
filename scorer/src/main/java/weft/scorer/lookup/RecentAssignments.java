package weft.scorer.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The latest assignments by image, as they are on the topic; what is longest untouched goes first.
final class RecentAssignments {
    /// What a map entry costs beside its text, roughly.
    private static final int OVERHEAD = 150;

    private final long mostBytes;
    private final Map<String, Map<String, byte[]>> byImage = new LinkedHashMap<>();

    /// At the end of the map: one image's assignments come one after the other.
    private @Nullable String newest;

    private Map<String, byte[]> ofNewest = Map.of();
    private long bytes;

    /// Keeps about so many bytes.
    RecentAssignments(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Takes an assignment in; a later one of the same image and pipeline replaces it.
    synchronized void put(String image, String pipeline, byte[] json) {
        Map<String, byte[]> assignments = image.equals(newest) ? ofNewest : atTheEnd(image);
        byte[] before = assignments.put(pipeline, json);
        bytes += OVERHEAD + json.length - (before == null ? 0 : OVERHEAD + before.length);
        Iterator<Map.Entry<String, Map<String, byte[]>>> eldest =
                byImage.entrySet().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            Map.Entry<String, Map<String, byte[]>> gone = eldest.next();
            eldest.remove();
            newest = gone.getKey().equals(newest) ? null : newest;
            bytes -= cost(gone.getKey());
            for (byte[] one : gone.getValue().values()) {
                bytes -= OVERHEAD + one.length;
            }
        }
    }

    /// Moves an image to the end, or puts a new one there.
    private Map<String, byte[]> atTheEnd(String image) {
        Map<String, byte[]> assignments = byImage.remove(image);
        if (assignments == null) {
            assignments = new TreeMap<>();
            bytes += cost(image);
        }
        byImage.put(image, assignments);
        newest = image;
        ofNewest = assignments;
        return assignments;
    }

    private static int cost(String image) {
        return OVERHEAD + 2 * image.length();
    }

    /// The assignments of an image, by pipeline; empty where none is kept.
    synchronized Collection<byte[]> of(String image) {
        return List.copyOf(new ArrayList<>(byImage.getOrDefault(image, Map.of()).values()));
    }
}
