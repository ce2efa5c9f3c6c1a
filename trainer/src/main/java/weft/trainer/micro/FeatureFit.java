package weft.trainer.micro;

import java.util.List;
import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.math.OrientedGradients;
import weft.core.math.PatchWords;
import weft.core.model.DenseLayer;
import weft.core.model.FeatureEncoder;
import weft.core.model.ImageFeatures;
import weft.core.model.PatchDictionary;

/// Learns an encoder by gradients and patches from a sample of images.
final class FeatureFit {
    /// Values of each of the two parts of a code, where the descriptions have as many.
    static final int AXES = 64;

    /// The total variance of the patches' part; that of the gradients' is 1.
    private static final double PATCHES = .25;

    private FeatureFit() {}

    static int descriptionSize(Shape.Image shape) {
        return new OrientedGradients(shape.width(), shape.height()).size()
                + PatchWords.size(shape.width(), shape.height(), DictionaryFit.WORDS);
    }

    static int codeSize(Shape.Image shape) {
        int gradients = new OrientedGradients(shape.width(), shape.height()).size();
        int patches = PatchWords.size(shape.width(), shape.height(), DictionaryFit.WORDS);
        return Math.min(AXES, gradients) + Math.min(AXES, patches);
    }

    /// @param images at least one, values 0 to 1
    static FeatureEncoder fit(Shape.Image shape, List<float[]> images, SplittableRandom random) {
        PatchDictionary dictionary = DictionaryFit.fit(shape, images, random);
        ImageFeatures features = new ImageFeatures(shape);
        PatchWords words = features.words(dictionary);
        int n = images.size();
        Part gradients = new Part(n, features.gradientSize());
        Part patches = new Part(n, words.size());
        for (int i = 0; i < n; i++) {
            features.take(images.get(i), 0);
            features.gradients(gradients.one);
            gradients.keep(i);
            words.describe(features.plane(), patches.one);
            patches.keep(i);
        }
        return new FeatureEncoder(shape, dictionary, gradients.axes(1), patches.axes(PATCHES));
    }

    /// Descriptions of one kind of all images.
    private static final class Part {
        private final int n;
        private final float[] one;
        private final float[] all;

        Part(int n, int size) {
            this.n = n;
            one = new float[size];
            all = new float[n * size];
        }

        void keep(int row) {
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }

        DenseLayer axes(double total) {
            return PrincipalAxes.fit(all, n, one.length, Math.min(AXES, one.length), total);
        }
    }
}
