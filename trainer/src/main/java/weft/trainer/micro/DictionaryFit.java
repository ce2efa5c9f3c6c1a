package weft.trainer.micro;

import java.util.List;
import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.math.Gemm;
import weft.core.math.Matrix;
import weft.core.math.PatchWords;
import weft.core.math.Vector;
import weft.core.model.ImageFeatures;
import weft.core.model.PatchDictionary;
import weft.trainer.cluster.Codes;
import weft.trainer.cluster.KMeans;

/// Learns a dictionary of patches (Coates, Ng and Lee 2011): random patches, whitened, and k-means on them.
final class DictionaryFit {
    static final int WORDS = 64;

    private static final int PATCHES = 10_000;
    private static final int ROUNDS = 10;
    private static final int SIZE = PatchWords.VALUES;

    /// Added to each variance before whitening.
    private static final double REGULARISER = .1;

    private DictionaryFit() {}

    /// @param images at least one, values 0 to 1
    static PatchDictionary fit(Shape.Image shape, List<float[]> images, SplittableRandom random) {
        Codes drawn = draw(shape, images, random);
        double[] mean = drawn.means();
        float[] values = drawn.values();
        int n = drawn.rows();
        float[] centred = new float[n * SIZE];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = values[i] - (float) mean[i % SIZE];
        }
        float[] whitening = whitening(centred, n);
        Codes white = new Codes(n, SIZE);
        Gemm.product(centred, 0, n, whitening, 0, SIZE, SIZE, white.values());
        white.rows(n);
        KMeans words = KMeans.fit(white, WORDS, ROUNDS, random);
        return new PatchDictionary(
                Matrix.of(SIZE, SIZE, whitening), whitened(mean, whitening), Matrix.of(WORDS, SIZE, words.centroids()));
    }

    /// Patches of images drawn at random, without the blank ones unless there is no other.
    private static Codes draw(Shape.Image shape, List<float[]> images, SplittableRandom random) {
        ImageFeatures features = new ImageFeatures(shape);
        Codes varied = new Codes(PATCHES, SIZE);
        Codes blank = new Codes(WORDS, SIZE);
        float[] patch = new float[SIZE];
        int of = Math.ceilDiv(PATCHES, images.size());
        for (int i = 0; i < PATCHES; i++) {
            if (i % of == 0) {
                features.take(images.get(i / of), 0);
            }
            int left = random.nextInt(shape.width() - PatchWords.SIDE + 1);
            int top = random.nextInt(shape.height() - PatchWords.SIDE + 1);
            int from = top * shape.width() + left;
            if (PatchWords.normalised(features.plane(), from, shape.width(), patch)) {
                varied.add(patch, 0);
            } else if (blank.rows() < WORDS) {
                blank.add(patch, 0);
            }
        }
        return varied.rows() < WORDS ? blank : varied;
    }

    /// The inverse root of the covariance, with all variances raised a little.
    private static float[] whitening(float[] centred, int n) {
        float[] covariance = new float[SIZE * SIZE];
        Gemm.transposedProduct(centred, SIZE, centred, SIZE, n, covariance, 0);
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= n;
        }
        SymmetricEigen eigen = SymmetricEigen.largest(covariance, SIZE, SIZE);
        float[] whitening = new float[SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                double sum = 0;
                for (int a = 0; a < SIZE; a++) {
                    sum += eigen.vectors()[i * SIZE + a]
                            * eigen.vectors()[j * SIZE + a]
                            / Math.sqrt(Math.max(0, eigen.values()[a]) + REGULARISER);
                }
                whitening[i * SIZE + j] = (float) sum;
            }
        }
        return whitening;
    }

    private static Vector whitened(double[] mean, float[] whitening) {
        double[] white = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                white[j] += mean[i] * whitening[i * SIZE + j];
            }
        }
        return Vector.of(white);
    }
}
