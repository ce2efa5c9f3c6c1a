package weft.core.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// How much a plane's small patches look like each word of a dictionary, and where (Coates, Ng and Lee 2011).
///
/// Patches of 6 x 6, every second pixel or, in large planes, so that at most sixteen stand along a side. Each is freed
/// of its mean and contrast and whitened; a word's answer is by how much it is nearer than the mean word. Answers are
/// summed up in nine regions, and roots of their means taken. Not for more than one thread.
public final class PatchWords {
    /// Width and height of a patch.
    public static final int SIDE = 6;

    /// Values of a patch.
    public static final int VALUES = SIDE * SIDE;

    private static final VectorSpecies<Float> SPECIES = Kernels.SPECIES;
    private static final int STRIDE = 2;
    private static final int MOST_PLACES = 16;
    private static final int REGIONS = 3;
    private static final float CONTRAST = .01f;

    private final int width;
    private final int words;
    private final int[] lefts;
    private final int[] tops;
    private final int regionsAcross;
    private final int[] regionOf;
    private final float[] shares;
    private final float[] mean;

    private final int columns;

    /// For each value of a patch a row: what it gives to each whitened value, to each word and to the sum.
    private final float[] both;

    /// What a patch of ones gives to each of them.
    private final float[] ofOnes;

    private final float[] norms;
    private final float[] blank;
    private final float[] patches;
    private final int[] regions;
    private final float[] products;
    private final float[] answers;
    private final float[] white = new float[VALUES];

    /// For planes of one size.
    ///
    /// @param whitening VALUES x VALUES, symmetric
    /// @param mean of whitened patches
    /// @param dictionary words x VALUES, of whitened patches less their mean
    public PatchWords(int width, int height, Matrix whitening, Vector mean, Matrix dictionary) {
        this.width = width;
        words = dictionary.rows();
        lefts = places(width);
        tops = places(height);
        regionsAcross = Math.min(REGIONS, lefts.length);
        int regionsDown = Math.min(REGIONS, tops.length);
        int places = lefts.length * tops.length;
        regionOf = new int[places];
        shares = new float[regionsAcross * regionsDown];
        for (int i = 0; i < places; i++) {
            int down = i / lefts.length * regionsDown / tops.length;
            regionOf[i] = down * regionsAcross + i % lefts.length * regionsAcross / lefts.length;
            shares[regionOf[i]]++;
        }
        this.mean = new float[VALUES];
        columns = VALUES + words + 1;
        both = new float[VALUES * columns];
        ofOnes = new float[columns];
        norms = new float[words];
        fold(whitening, mean, dictionary);
        patches = new float[places * VALUES];
        regions = new int[places];
        products = new float[places * columns];
        answers = new float[words];
        blank = new float[words];
        answer(0, 0, blank);
    }

    private static int[] places(int size) {
        int span = size - SIDE + 1;
        int stride = Math.max(STRIDE, Math.ceilDiv(span, MOST_PLACES));
        int[] places = new int[Math.ceilDiv(span, stride)];
        Arrays.setAll(places, i -> i * stride);
        return places;
    }

    /// One matrix makes of a patch its whitened values, its products with the words and its sum.
    private void fold(Matrix whitening, Vector center, Matrix dictionary) {
        float[] white = whitening.values();
        float[] dots = new float[VALUES * words];
        Gemm.dots(white, VALUES, dictionary, dots);
        for (int i = 0; i < VALUES; i++) {
            mean[i] = (float) center.get(i);
            System.arraycopy(white, i * VALUES, both, i * columns, VALUES);
            System.arraycopy(dots, i * words, both, i * columns + VALUES, words);
            both[i * columns + columns - 1] = 1;
            Kernels.axpy(1, both, i * columns, ofOnes, 0, columns);
        }
        for (int word = 0; word < words; word++) {
            float[] one = dictionary.row(word);
            norms[word] = Kernels.dot(one, 0, one, 0, VALUES) + 2 * Kernels.dot(mean, 0, one, 0, VALUES);
        }
    }

    /// Values of a description.
    public static int size(int width, int height, int words) {
        return Math.min(REGIONS, places(width).length) * Math.min(REGIONS, places(height).length) * words;
    }

    /// The same of this one.
    public int size() {
        return shares.length * words;
    }

    /// Describes a plane, region by region.
    public void describe(float[] plane, float[] description) {
        Arrays.fill(description, 0, size(), 0);
        int rows = 0;
        for (int i = 0; i < regionOf.length; i++) {
            int from = tops[i / lefts.length] * width + lefts[i % lefts.length];
            if (varied(plane, from, width)) {
                copy(plane, from, width, patches, rows * VALUES);
                regions[rows++] = regionOf[i];
            } else {
                Kernels.axpy(1, blank, 0, description, regionOf[i] * words, words);
            }
        }
        if (rows > 0) {
            Gemm.product(patches, 0, rows, both, 0, columns, VALUES, products);
        }
        for (int row = 0; row < rows; row++) {
            float squares = Kernels.dot(patches, row * VALUES, patches, row * VALUES, VALUES);
            answer(row * columns, squares, answers);
            Kernels.axpy(1, answers, 0, description, regions[row] * words, words);
        }
        for (int region = 0; region < shares.length; region++) {
            float share = 1 / shares[region];
            for (int i = region * words; i < (region + 1) * words; i++) {
                description[i] = (float) Math.sqrt(description[i] * share);
            }
        }
    }

    /// Copies the patch that starts at `from` without its mean and contrast, as patches are before they are whitened.
    ///
    /// @return whether its values differ
    public static boolean normalised(float[] plane, int from, int width, float[] patch) {
        copy(plane, from, width, patch, 0);
        float mean = 0;
        for (int i = 0; i < VALUES; i++) {
            mean += patch[i] / VALUES;
        }
        float scale = scale(mean, Kernels.dot(patch, 0, patch, 0, VALUES));
        for (int i = 0; i < VALUES; i++) {
            patch[i] = (patch[i] - mean) * scale;
        }
        return varied(plane, from, width);
    }

    private static void copy(float[] plane, int from, int width, float[] patch, int at) {
        for (int y = 0; y < SIDE; y++) {
            System.arraycopy(plane, from + y * width, patch, at + y * SIDE, SIDE);
        }
    }

    private static boolean varied(float[] plane, int from, int width) {
        float first = plane[from];
        for (int y = from; y < from + SIDE * width; y += width) {
            for (int x = y; x < y + SIDE; x++) {
                if (plane[x] != first) {
                    return true;
                }
            }
        }
        return false;
    }

    /// One over the contrast.
    private static float scale(float mean, float squares) {
        return 1 / (float) Math.sqrt(Math.max(0, squares / VALUES - mean * mean) + CONTRAST);
    }

    /// `max(0, mean distance − distance)` of every word, for the products of a patch that start at `row`.
    ///
    /// As whitening is linear, the patch's mean and contrast are taken away from its products.
    private void answer(int row, float squares, float[] answer) {
        float middle = products[row + VALUES + words] / VALUES;
        float scale = scale(middle, squares);
        for (int i = 0; i < VALUES; i++) {
            white[i] = (products[row + i] - middle * ofOnes[i]) * scale - mean[i];
        }
        float norm = Kernels.dot(white, 0, white, 0, VALUES);
        int bound = SPECIES.loopBound(words);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int word = 0; word < bound; word += SPECIES.length()) {
            FloatVector distance = FloatVector.fromArray(SPECIES, ofOnes, VALUES + word)
                    .mul(middle)
                    .sub(FloatVector.fromArray(SPECIES, products, row + VALUES + word))
                    .mul(2 * scale)
                    .add(FloatVector.fromArray(SPECIES, norms, word))
                    .add(norm)
                    .max(0)
                    .sqrt();
            distance.intoArray(answer, word);
            sums = sums.add(distance);
        }
        float sum = LaneSums.sum(sums);
        for (int word = bound; word < words; word++) {
            float dot = (products[row + VALUES + word] - middle * ofOnes[VALUES + word]) * scale;
            answer[word] = (float) Math.sqrt(Math.max(0f, norm + norms[word] - 2 * dot));
            sum += answer[word];
        }
        float usual = sum / words;
        for (int word = 0; word < bound; word += SPECIES.length()) {
            FloatVector.broadcast(SPECIES, usual)
                    .sub(FloatVector.fromArray(SPECIES, answer, word))
                    .max(0)
                    .intoArray(answer, word);
        }
        for (int word = bound; word < words; word++) {
            answer[word] = Math.max(0, usual - answer[word]);
        }
    }
}
