/// Immutable models: encoders, clusterers, and the snapshots that carry them.
@NullMarked
package weft.core.model;

import org.jspecify.annotations.NullMarked;
