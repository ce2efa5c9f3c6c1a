package weft.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a user chooses: a model with one clusterer, as `raw-kmeans-10`, `ae-gmm-10`, `ae-kmeans-10@wide` or
/// `imsat-10`.
///
/// The name says nothing of which families there are and what they offer: [ModelFamilies#pipeline] does.
///
/// @param owner the model that it belongs to
/// @param clusterer the family's word for the kind of clusterer; empty where it has but one, which its name leaves out
/// @param k number of clusters, 2 to [#MAX_K]
public record PipelineName(ModelName owner, String clusterer, int k) {
    /// The most clusters of one pipeline.
    public static final int MAX_K = 1024;

    private static final Pattern FORM = Pattern.compile(
            "([a-z][a-z0-9]{0,31})(?:-([a-z][a-z0-9]{0,31}))?-(\\d{1,9})(?:@([a-z0-9][a-z0-9-]{0,31}))?");

    public PipelineName {
        if (k < 2 || k > MAX_K) {
            throw new IllegalArgumentException("k must be 2 to " + MAX_K + ", not " + k);
        }
    }

    /// Parses a name.
    ///
    /// @throws IllegalArgumentException that names it and says what would do
    public static PipelineName parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown pipeline '" + name
                    + "': a pipeline is called FAMILY-CLUSTERER-K or FAMILY-K, of a run that has a name with @RUN behind "
                    + "it, with K from 2 to " + MAX_K);
        }
        String clusterer = matcher.group(2) == null ? "" : matcher.group(2);
        String run = matcher.group(4) == null ? ModelName.MAIN : matcher.group(4);
        try {
            return new PipelineName(
                    new ModelName(matcher.group(1), run), clusterer, Integer.parseInt(matcher.group(3)));
        } catch (IllegalArgumentException fault) {
            throw new IllegalArgumentException("pipeline '" + name + "': " + fault.getMessage(), fault);
        }
    }

    /// The name of the model that it belongs to, as text.
    public String model() {
        return owner.toString();
    }

    public String family() {
        return owner.family();
    }

    /// The same pipeline of another run.
    public PipelineName of(String run) {
        return new PipelineName(new ModelName(owner.family(), run), clusterer, k);
    }

    /// Plain, as a scorer looks its pipelines up for every image: what Java generates for a record is not always
    /// compiled into its callers.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PipelineName name
                && k == name.k
                && clusterer.equals(name.clusterer)
                && owner.equals(name.owner);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * owner.hashCode() + clusterer.hashCode()) + k;
    }

    @Override
    public String toString() {
        return owner.family() + (clusterer.isEmpty() ? "" : "-" + clusterer) + "-" + k + owner.suffix();
    }
}
