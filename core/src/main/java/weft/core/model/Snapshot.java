package weft.core.model;

/// An immutable model, as it was when it was published.
///
/// The version is the number of training images seen: it rises with every publication, and a training that is
/// repeated gives the same versions.
public record Snapshot(Model model, Provenance provenance) {
    public long version() {
        return provenance.imagesSeen();
    }
}
