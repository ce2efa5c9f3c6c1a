package weft.scorer.quality;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Dataset;
import weft.core.image.Label;
import weft.core.image.LabelIndex;

/// What one task counts, of every pipeline that it has met.
public final class TaskTallies {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTallies.class);

    /// No pipeline has such a name.
    private static final String LABEL = "label/";

    private final KeyValueStore<String, byte[]> store;
    private final int windowImages;
    private final LabelIndex labels;
    private final Map<TallyName, PipelineTally> tallies = new HashMap<>();
    private boolean tooManyTold;
    private int savedLabels;

    /// Goes on with what the store has kept; changes stay in memory until [#save].
    ///
    /// @param windowImages labelled images that each window holds
    /// @param classes that the data set names
    public TaskTallies(KeyValueStore<String, byte[]> store, int windowImages, List<String> classes) {
        this.store = store;
        labels = new LabelIndex(classes);
        this.windowImages = windowImages;
        SortedMap<Integer, String> keptLabels = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> kept = store.all()) {
            kept.forEachRemaining(entry -> {
                if (entry.key.startsWith(LABEL)) {
                    keptLabels.put(
                            Integer.parseInt(entry.key.substring(LABEL.length())),
                            new String(entry.value, StandardCharsets.UTF_8));
                } else {
                    String name = entry.key.substring(0, entry.key.indexOf('/'));
                    of(TallyName.parse(name)).restore(entry.key, entry.value);
                }
            });
        }
        keptLabels.values().forEach(labels::of);
        savedLabels = labels.names().size();
    }

    /// Writes what has changed since the last call to the store; to be called just before each commit.
    public void save() {
        List<String> names = labels.names();
        for (; savedLabels < names.size(); savedLabels++) {
            store.put(LABEL + savedLabels, names.get(savedLabels).getBytes(StandardCharsets.UTF_8));
        }
        tallies.values().forEach(tally -> tally.save(store::put));
    }

    /// The number of a label in this task; [LabelIndex#UNKNOWN] where there are too many, which is told once.
    public int number(Label label) {
        int number = labels.of(label.name());
        if (number == LabelIndex.UNKNOWN && !tooManyTold) {
            tooManyTold = true;
            LOG.warn(
                    "label '{}' would be one more than {}: it and other new ones are counted as unknown",
                    label.name(),
                    Dataset.MOST_CLASSES);
        }
        return number;
    }

    /// Names of the labels, by their numbers.
    public List<String> labels() {
        return labels.names();
    }

    /// The tally of a name, which starts at zero where there is none.
    public PipelineTally of(TallyName name) {
        PipelineTally known = tallies.get(name);
        if (known == null) {
            known = new PipelineTally(name, windowImages);
            tallies.put(name, known);
        }
        return known;
    }

    /// Every tally.
    public Collection<PipelineTally> all() {
        return Collections.unmodifiableCollection(tallies.values());
    }
}
