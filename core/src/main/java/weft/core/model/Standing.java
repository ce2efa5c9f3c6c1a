package weft.core.model;

/// How an image stands in its cluster.
///
/// @param outlier share of the recent images of its cluster that are less strange, 0 to 1
/// @param generation of the cluster, 0 at its start
public record Standing(double outlier, int generation) {}
