package weft.core.model;

import weft.core.image.Shape;
import weft.core.math.Kernels;
import weft.core.math.PatchWords;

/// The code is a projection of an image's gradients, followed by one of its patches.
///
/// @param gradients takes what [ImageFeatures#gradients] gives
/// @param patches takes what the dictionary's words make of an image
public record FeatureEncoder(Shape.Image shape, PatchDictionary dictionary, DenseLayer gradients, DenseLayer patches)
        implements Encoder {
    public FeatureEncoder {
        check("gradients", gradients, new ImageFeatures(shape).gradientSize());
        check("patches", patches, ImageFeatures.words(shape, dictionary).size());
    }

    private static void check(String what, DenseLayer layer, int size) {
        if (layer.inputs() != size) {
            throw new IllegalArgumentException(
                    "the projection of " + what + " takes " + layer.inputs() + " values, but there are " + size);
        }
        if (layer.activation() != Activation.IDENTITY) {
            throw new IllegalArgumentException("the projection of " + what + " has an activation");
        }
    }

    @Override
    public int inputs() {
        return shape.values();
    }

    @Override
    public int codeSize() {
        return gradients.outputs() + patches.outputs();
    }

    @Override
    public Pass pass() {
        ImageFeatures features = new ImageFeatures(shape);
        PatchWords words = features.words(dictionary);
        float[] byGradients = new float[gradients.inputs()];
        float[] byPatches = new float[patches.inputs()];
        float[] gradientBias = gradients.bias();
        float[] patchBias = patches.bias();
        float[] code = new float[codeSize()];
        return (image, offset) -> {
            features.take(image, offset);
            features.gradients(byGradients);
            words.describe(features.plane(), byPatches);
            Kernels.affine(gradients.weights(), gradientBias, byGradients, 0, code, 0);
            Kernels.affine(patches.weights(), patchBias, byPatches, 0, code, gradients.outputs());
            return code;
        };
    }
}
