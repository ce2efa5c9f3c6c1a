package weft.core.model;

import java.util.List;
import java.util.Map;
import weft.core.image.Shape;

/// One kind of model, as everybody who uses models sees it: its name, the pipelines that it offers, and its wire
/// form.
///
/// What it takes to train one is the trainer's side of the family. Families are stateless and shared between
/// threads.
public interface ModelFamily {
    /// The first word of its pipelines' names.
    String name();

    /// The clusterers that it offers and the most clusters of each, in the order in which a user reads them; the one
    /// of a family that has but one may have the empty name, which its pipelines leave out.
    Map<String, Integer> clusterers();

    /// Its own bytes of a model, which a snapshot carries.
    byte[] encode(Model model);

    /// The model of bytes that [#encode] made.
    ///
    /// @throws IllegalArgumentException where they are malformed, sizes do not fit or numbers are not finite
    Model decode(ModelName name, Shape shape, byte[] payload);

    /// Its pipelines as a user writes them: `ae-kmeans-K`.
    default List<String> forms() {
        return clusterers().keySet().stream()
                .map(clusterer -> name() + (clusterer.isEmpty() ? "" : "-" + clusterer) + "-K")
                .toList();
    }

    /// Refuses a pipeline that it does not offer.
    ///
    /// @throws IllegalArgumentException that names it and says what would do
    default void check(PipelineName pipeline) {
        Integer most = clusterers().get(pipeline.clusterer());
        if (most == null) {
            throw new IllegalArgumentException(
                    "unknown pipeline '" + pipeline + "': family " + name() + " offers " + String.join(", ", forms()));
        }
        if (pipeline.k() > most) {
            throw new IllegalArgumentException("pipeline '" + pipeline + "': "
                    + (pipeline.clusterer().isEmpty() ? "" : pipeline.clusterer() + " of ") + "family "
                    + name() + " has at most " + most + " clusters, not " + pipeline.k());
        }
    }
}
