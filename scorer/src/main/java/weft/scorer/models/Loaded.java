package weft.scorer.models;

import weft.core.model.Snapshot;

/// A snapshot that was read again.
///
/// @param bytes that it has on the topic
record Loaded(Snapshot snapshot, int bytes) {}
