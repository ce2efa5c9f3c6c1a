package weft.monitoring.page;

import java.util.Optional;
import weft.core.image.ImageValues;
import weft.core.model.Model;
import weft.core.model.PipelineName;

/// What a model sees: its centres and its reconstructions as images.
final class ModelPictures {
    private ModelPictures() {}

    /// The centre of a cluster.
    ///
    /// @return empty where it has none, or the model has no way back to an image
    static Optional<float[]> centre(Model model, PipelineName pipeline, int cluster) {
        return model.picture(pipeline, cluster);
    }

    /// The image through the encoder and back.
    ///
    /// @return empty where the model has no way back to an image
    static Optional<float[]> reconstruction(Model model, ImageValues image) {
        return model.reconstruction(floats(image));
    }

    /// The image itself.
    static float[] floats(ImageValues image) {
        float[] values = new float[image.shape().values()];
        image.toFloats(values, 0);
        return values;
    }
}
