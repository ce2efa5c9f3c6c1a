package weft.core.model;

/// The cluster of one code.
///
/// @param cluster from 0 to k - 1
/// @param score how well it fits, as the clusterer defines it
/// @param margin by how much the runner-up fits worse, never negative
public record Assignment(int cluster, double score, double margin) {}
