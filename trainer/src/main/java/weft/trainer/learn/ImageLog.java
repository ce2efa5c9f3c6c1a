package weft.trainer.learn;

/// The log of images, read a second time: nothing else keeps them.
public interface ImageLog {
    /// Tells the images that stand at the positions, in any order; one that the log no longer holds is
    /// passed over.
    void read(Positions positions, Visitor visitor);

    /// Takes the pixels of the image at `positions[index]`, 0 to 1, in a buffer that the next call overwrites.
    interface Visitor {
        void image(int index, float[] pixels);
    }
}
