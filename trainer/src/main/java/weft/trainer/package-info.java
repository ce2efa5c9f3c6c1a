/// Learns models from the images topic and publishes their snapshots.
@NullMarked
package weft.trainer;

import org.jspecify.annotations.NullMarked;
