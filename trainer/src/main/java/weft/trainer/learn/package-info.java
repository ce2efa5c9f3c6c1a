/// The learning of one model as a pure function of the log: images in, snapshots and checkpoints out.
@NullMarked
package weft.trainer.learn;

import org.jspecify.annotations.NullMarked;
