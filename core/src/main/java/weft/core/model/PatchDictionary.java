package weft.core.model;

import weft.core.math.Matrix;
import weft.core.math.PatchWords;
import weft.core.math.Vector;

/// Words of small patches, and how a patch is whitened before it is compared with them.
///
/// @param whitening a patch's values, twice
/// @param mean of whitened patches
/// @param words words x a patch's values
public record PatchDictionary(Matrix whitening, Vector mean, Matrix words) {
    public PatchDictionary {
        int values = PatchWords.VALUES;
        if (whitening.rows() != values || whitening.columns() != values) {
            throw new IllegalArgumentException("patches of " + values + " values are not whitened by " + whitening);
        }
        if (mean.size() != values) {
            throw new IllegalArgumentException("a mean patch has " + values + " values, not " + mean.size());
        }
        if (words.rows() < 2 || words.columns() != values) {
            throw new IllegalArgumentException("a dictionary has words of " + values + " values, not " + words);
        }
    }
}
