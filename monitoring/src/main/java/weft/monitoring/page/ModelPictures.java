package weft.monitoring.page;

import java.util.Optional;
import weft.core.image.Pixels;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.GaussianMixture;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;

/// What a model sees: its centres and its reconstructions as images.
final class ModelPictures {
    private ModelPictures() {}

    /// The centre of a cluster, through the decoder where the codes are not pixels.
    ///
    /// @return empty where the model has no way back to an image
    static Optional<Pixels> centre(Model model, Clusterer clusterer, int cluster) {
        float[] centre = switch (clusterer) {
            case Centroids centroids -> {
                // A direction has no length of its own, so no image belongs to it.
                if (centroids.normalised()) {
                    yield new float[0];
                }
                yield centroids.centroids().row(cluster);
            }
            case GaussianMixture mixture -> {
                double[] mean = mixture.components().get(cluster).mean().toArray();
                float[] code = new float[mean.length];
                for (int i = 0; i < code.length; i++) {
                    code[i] = (float) mean[i];
                }
                yield code;
            }
        };
        return centre.length == 0 ? Optional.empty() : decode(model, centre);
    }

    /// The image through the encoder and back.
    ///
    /// @return empty where the model has no way back to an image
    static Optional<Pixels> reconstruction(Model model, Pixels pixels) {
        if (model.encoder() instanceof IdentityEncoder || model.decoder().isEmpty()) {
            return Optional.empty();
        }
        float[] unit = new float[Pixels.COUNT];
        pixels.toUnitInterval(unit, 0);
        return decode(model, model.encoder().pass().encode(unit, 0));
    }

    private static Optional<Pixels> decode(Model model, float[] code) {
        if (model.encoder() instanceof IdentityEncoder) {
            return Optional.of(Pictures.pixels(code));
        }
        return model.decoder().map(decoder -> Pictures.pixels(decoder.pass().run(code, 0)));
    }
}
