package weft.core.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a user chooses: an encoder with one clusterer, as `raw-kmeans-10` or `ae-gmm-10`.
///
/// @param model the model it belongs to: `raw` or `ae`
/// @param k number of clusters, 2 to [#MAX_K]
public record PipelineName(String model, Algorithm algorithm, int k) {
    /// The most clusters of one pipeline.
    public static final int MAX_K = 1024;

    private static final Pattern FORM = Pattern.compile("(raw|ae)-(kmeans|gmm)-(\\d{1,9})");

    /// The kind of clusterer.
    public enum Algorithm {
        KMEANS,
        GMM;

        /// The word in a pipeline's name.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PipelineName {
        if (k < 2 || k > MAX_K) {
            throw new IllegalArgumentException("k must be 2 to " + MAX_K + ", not " + k);
        }
        if (algorithm == Algorithm.GMM && !model.equals("ae")) {
            throw new IllegalArgumentException("a mixture needs an encoder (ae-gmm-" + k + "): full covariances of "
                    + model + " pixels do not fit into a snapshot");
        }
        if (algorithm == Algorithm.GMM && k > 64) {
            throw new IllegalArgumentException("a mixture has at most 64 components, not " + k);
        }
    }

    /// Parses a name.
    ///
    /// @throws IllegalArgumentException that names it and says what would do
    public static PipelineName parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "unknown pipeline '" + name + "': raw-kmeans-K, ae-kmeans-K or ae-gmm-K with K from 2 to " + MAX_K);
        }
        try {
            return new PipelineName(
                    matcher.group(1),
                    Algorithm.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                    Integer.parseInt(matcher.group(3)));
        } catch (IllegalArgumentException fault) {
            throw new IllegalArgumentException("pipeline '" + name + "': " + fault.getMessage(), fault);
        }
    }

    @Override
    public String toString() {
        return model + "-" + algorithm.id() + "-" + k;
    }
}
