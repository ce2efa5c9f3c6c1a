package weft.scorer.quality;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import weft.core.model.PipelineName;

/// What one task counts, of every pipeline that it has met.
public final class TaskTallies {
    private final KeyValueStore<String, byte[]> store;
    private final int windowImages;
    private final Map<PipelineName, PipelineTally> tallies = new HashMap<>();

    /// Goes on with what the store has kept.
    ///
    /// @param windowImages labelled images that each window holds
    public TaskTallies(KeyValueStore<String, byte[]> store, int windowImages) {
        this.store = store;
        this.windowImages = windowImages;
        try (KeyValueIterator<String, byte[]> kept = store.all()) {
            kept.forEachRemaining(entry -> {
                String name = entry.key.substring(0, entry.key.indexOf('/'));
                of(PipelineName.parse(name)).restore(entry.key, entry.value);
            });
        }
    }

    /// The tally of a pipeline, which starts at zero where there is none.
    public PipelineTally of(PipelineName pipeline) {
        PipelineTally known = tallies.get(pipeline);
        if (known == null) {
            known = new PipelineTally(pipeline, windowImages, store::put);
            tallies.put(pipeline, known);
        }
        return known;
    }

    /// Every tally.
    public Collection<PipelineTally> all() {
        return Collections.unmodifiableCollection(tallies.values());
    }
}
