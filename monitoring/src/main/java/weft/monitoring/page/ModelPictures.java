package weft.monitoring.page;

import java.util.Optional;
import weft.core.image.Pixels;
import weft.core.model.Model;
import weft.core.model.PipelineName;

/// What a model sees: its centres and its reconstructions as images.
final class ModelPictures {
    private ModelPictures() {}

    /// The centre of a cluster.
    ///
    /// @return empty where it has none, or the model has no way back to an image
    static Optional<Pixels> centre(Model model, PipelineName pipeline, int cluster) {
        return model.picture(pipeline, cluster).map(Pictures::pixels);
    }

    /// The image through the encoder and back.
    ///
    /// @return empty where the model has no way back to an image
    static Optional<Pixels> reconstruction(Model model, Pixels pixels) {
        float[] values = new float[model.encoder().inputs()];
        pixels.toUnitInterval(values, 0);
        return model.reconstruction(values).map(Pictures::pixels);
    }
}
