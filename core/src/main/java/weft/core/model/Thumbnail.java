package weft.core.model;

import weft.core.image.Shape;

/// Makes images small: the means of square blocks of pixels, each channel by itself, or of neighbouring values of a
/// vector.
///
/// Blocks are the smallest that leave at most [#MOST] values.
final class Thumbnail {
    /// Values that a thumbnail has at most.
    static final int MOST = 256;

    /// The block of each value of the image.
    private final int[] blocks;

    /// What each value of a block counts.
    private final float[] shares;

    private Thumbnail(int[] blocks, int size) {
        this.blocks = blocks;
        shares = new float[size];
        for (int block : blocks) {
            shares[block]++;
        }
        for (int i = 0; i < size; i++) {
            shares[i] = 1 / shares[i];
        }
    }

    static Thumbnail of(Shape shape) {
        return switch (shape) {
            case Shape.Image(int width, int height, int channels) -> of(width, height, channels, true);
            case Shape.Vector(int dimension) -> of(dimension, 1, 1, false);
        };
    }

    private static Thumbnail of(int width, int height, int channels, boolean square) {
        int side = 1;
        while (Math.ceilDiv(width, side) * (square ? Math.ceilDiv(height, side) : height) * channels > MOST) {
            side++;
        }
        int across = Math.ceilDiv(width, side);
        int[] blocks = new int[width * height * channels];
        for (int i = 0; i < blocks.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            blocks[i] = (y / side * across + x / side) * channels + i % channels;
        }
        return new Thumbnail(blocks, across * (square ? Math.ceilDiv(height, side) : height) * channels);
    }

    int size() {
        return shares.length;
    }

    /// Writes the thumbnail of the image that begins at `offset` into `to`, from `at` on.
    void write(float[] image, int offset, float[] to, int at) {
        int size = shares.length;
        for (int i = 0; i < size; i++) {
            to[at + i] = 0;
        }
        for (int i = 0; i < blocks.length; i++) {
            to[at + blocks[i]] += image[offset + i];
        }
        for (int i = 0; i < size; i++) {
            to[at + i] *= shares[i];
        }
    }
}
