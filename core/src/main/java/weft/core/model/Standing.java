package weft.core.model;

/// How an image stands in its cluster.
///
/// @param outlier share of the recent images of its cluster that are less strange, 0 to 1
/// @param generation of the cluster, 0 at its start
public record Standing(double outlier, int generation) {
    public Standing {
        if (!(outlier >= 0 && outlier <= 1)) {
            throw new IllegalArgumentException("outlier must be from 0 to 1, not " + outlier);
        }
    }
}
