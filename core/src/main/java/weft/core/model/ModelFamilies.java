package weft.core.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The families that a process knows.
public final class ModelFamilies {
    private final Map<String, ModelFamily> byName = new LinkedHashMap<>();

    /// @throws IllegalArgumentException where two have one name
    public ModelFamilies(Collection<? extends ModelFamily> families) {
        for (ModelFamily family : families) {
            if (byName.put(family.name(), family) != null) {
                throw new IllegalArgumentException("two families are called " + family.name());
            }
        }
    }

    /// The family of a name.
    ///
    /// @throws IllegalArgumentException that names it and those that there are
    public ModelFamily get(String name) {
        ModelFamily family = byName.get(name);
        if (family == null) {
            throw new IllegalArgumentException(
                    "unknown family '" + name + "': known are " + String.join(", ", byName.keySet()));
        }
        return family;
    }

    /// All pipelines as a user writes them.
    public List<String> forms() {
        return byName.values().stream()
                .flatMap(family -> family.forms().stream())
                .toList();
    }

    /// Parses a pipeline's name and has its family check it.
    ///
    /// @throws IllegalArgumentException that names it and says what would do
    public PipelineName pipeline(String name) {
        PipelineName pipeline = PipelineName.parse(name);
        if (!byName.containsKey(pipeline.family())) {
            throw new IllegalArgumentException("unknown pipeline '" + name + "': " + String.join(", ", forms())
                    + " with K from 2 to " + PipelineName.MAX_K);
        }
        get(pipeline.family()).check(pipeline);
        return pipeline;
    }
}
