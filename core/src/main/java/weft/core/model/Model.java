package weft.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Shape;

/// An encoder with all the clusterers that live on it: centroids mean nothing in another encoder's space, so
/// they are published and swapped as one.
///
/// @param name of its family and run
/// @param shape of the images that it takes
/// @param decoder the way back from a code to an image, where there is one
/// @param clusterers by pipeline, in the user's order
public record Model(
        ModelName name,
        Shape shape,
        Encoder encoder,
        Optional<Network> decoder,
        Map<PipelineName, Clusterer> clusterers) {
    public Model {
        clusterers = Collections.unmodifiableMap(new LinkedHashMap<>(clusterers));
        if (clusterers.isEmpty()) {
            throw new IllegalArgumentException("model " + name + " has no clusterer");
        }
        if (shape.values() != encoder.inputs()) {
            throw new IllegalArgumentException(
                    "the encoder takes " + encoder.inputs() + " values, an image has " + shape.values());
        }
        for (Map.Entry<PipelineName, Clusterer> entry : clusterers.entrySet()) {
            PipelineName pipeline = entry.getKey();
            Clusterer clusterer = entry.getValue();
            if (!pipeline.owner().equals(name)) {
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

    /// The image that a code stands for: the code itself where codes are images, else what the decoder makes of
    /// it.
    ///
    /// @return values on the scale of the images; empty where the model has no way back
    public Optional<float[]> image(float[] code) {
        if (encoder.codesAreImages()) {
            return Optional.of(code.clone());
        }
        return decoder.map(way -> encoder.scaling().invert(way.pass().run(code, 0)));
    }

    /// The middle of a cluster as an image; empty where it has none.
    public Optional<float[]> picture(PipelineName pipeline, int cluster) {
        return Optional.ofNullable(clusterers.get(pipeline))
                .flatMap(clusterer -> clusterer.centre(cluster))
                .flatMap(this::image);
    }

    /// The image through the encoder and back.
    ///
    /// @return empty where the codes are images themselves, or the model has no way back
    public Optional<float[]> reconstruction(float[] image) {
        return encoder.codesAreImages()
                ? Optional.empty()
                : image(encoder.pass().encode(image, 0));
    }
}
