package weft.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An encoder with all the clusterers that live on it: centroids mean nothing in another encoder's space, so
/// they are published and swapped as one.
///
/// @param name `raw` or `ae`
/// @param decoder the way back from a code to an image, where there is one
/// @param clusterers by pipeline, in the user's order
public record Model(String name, Encoder encoder, Optional<Network> decoder, Map<PipelineName, Clusterer> clusterers) {
    public Model {
        clusterers = Collections.unmodifiableMap(new LinkedHashMap<>(clusterers));
        if (clusterers.isEmpty()) {
            throw new IllegalArgumentException("model " + name + " has no clusterer");
        }
        for (Map.Entry<PipelineName, Clusterer> entry : clusterers.entrySet()) {
            PipelineName pipeline = entry.getKey();
            Clusterer clusterer = entry.getValue();
            if (!pipeline.model().equals(name)) {
                throw new IllegalArgumentException("pipeline " + pipeline + " does not belong to model " + name);
            }
            if (clusterer.k() != pipeline.k()) {
                throw new IllegalArgumentException("pipeline " + pipeline + " has " + clusterer.k() + " clusters");
            }
            if (clusterer.codeSize() != encoder.codeSize()) {
                throw new IllegalArgumentException("pipeline " + pipeline + " takes codes of " + clusterer.codeSize()
                        + " values, the encoder gives " + encoder.codeSize());
            }
        }
        if (decoder.isPresent()
                && (decoder.get().inputs() != encoder.codeSize()
                        || decoder.get().outputs() != encoder.inputs())) {
            throw new IllegalArgumentException("the decoder's " + decoder.get().inputs() + " to "
                    + decoder.get().outputs() + " does not undo the encoder's " + encoder.inputs() + " to "
                    + encoder.codeSize());
        }
    }
}
