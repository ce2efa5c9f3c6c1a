package weft.core.model;

import weft.core.image.Shape;
import weft.core.math.OrientedGradients;
import weft.core.math.PatchWords;

/// Descriptions of an image before any projection: histograms of gradients, and words of patches.
///
/// Both are of the roots of grey values; colours are made grey first. Not for more than one thread.
public final class ImageFeatures {
    private static final float RED = .299f;
    private static final float GREEN = .587f;
    private static final float BLUE = .114f;

    private final Shape.Image shape;
    private final OrientedGradients gradients;
    private final float[] plane;

    /// For images of one shape.
    ///
    /// @throws IllegalArgumentException where the images are too small
    public ImageFeatures(Shape.Image shape) {
        this.shape = shape;
        gradients = new OrientedGradients(shape.width(), shape.height());
        plane = new float[shape.width() * shape.height()];
    }

    /// Takes the image whose values, 0 to 1, start at `offset`.
    public void take(float[] image, int offset) {
        for (int i = 0; i < plane.length; i++) {
            int at = offset + i * shape.channels();
            float grey =
                    shape.channels() == 1 ? image[at] : RED * image[at] + GREEN * image[at + 1] + BLUE * image[at + 2];
            plane[i] = (float) Math.sqrt(grey);
        }
    }

    /// The roots of the grey values of the image taken, row by row; the next [#take] overwrites them.
    public float[] plane() {
        return plane;
    }

    /// Values of [#gradients].
    public int gradientSize() {
        return gradients.size();
    }

    /// Describes the image taken by its gradients.
    public void gradients(float[] description) {
        gradients.describe(plane, description);
    }

    /// What describes images by their patches; for this thread.
    public PatchWords words(PatchDictionary dictionary) {
        return words(shape, dictionary);
    }

    static PatchWords words(Shape.Image shape, PatchDictionary dictionary) {
        return new PatchWords(
                shape.width(), shape.height(), dictionary.whitening(), dictionary.mean(), dictionary.words());
    }
}
