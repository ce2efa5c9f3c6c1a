/// An autoencoder that learns from mini-batches: on own kernels, and on ND4J where a network is large.
@NullMarked
package weft.trainer.autoencoder;

import org.jspecify.annotations.NullMarked;
