/// An autoencoder that learns from mini-batches, on ND4J.
@NullMarked
package weft.trainer.autoencoder;

import org.jspecify.annotations.NullMarked;
