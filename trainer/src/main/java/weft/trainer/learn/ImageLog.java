package weft.trainer.learn;

import weft.core.image.ImageValues;

/// The log of images, read a second time after a restart.
public interface ImageLog {
    /// Tells the images that stand at the positions, in any order; one that the log no longer holds is
    /// passed over.
    void read(Positions positions, Visitor visitor);

    /// Takes the image at `positions[index]`.
    interface Visitor {
        void image(int index, ImageValues image);
    }

    /// Where images stand in the log.
    interface Positions {
        int size();

        int partition(int index);

        long offset(int index);
    }
}
