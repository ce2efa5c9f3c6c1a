/// The snapshots that the scorer uses, swapped while it runs.
@NullMarked
package weft.scorer.models;

import org.jspecify.annotations.NullMarked;
