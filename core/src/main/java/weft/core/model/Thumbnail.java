package weft.core.model;

import java.util.Arrays;
import weft.core.image.Shape;
import weft.core.math.Kernels;

/// Makes images small: the means of square blocks of pixels, each channel by itself, or of neighbouring values of a
/// vector.
///
/// Blocks are the smallest that leave at most [#MOST] values.
final class Thumbnail {
    /// Values that a thumbnail has at most.
    static final int MOST = 256;

    private final int rows;
    private final int side;
    private final boolean quads;

    /// The place, in a row of blocks, of each value of a row of the image.
    private final int[] places;

    private final float[] sums;
    private final float[] shares;

    private Thumbnail(int width, int height, int channels, int side) {
        rows = height;
        this.side = side;
        quads = side == 2 && channels == 1 && width % 2 == 0 && height % 2 == 0;
        int across = Math.ceilDiv(width, side) * channels;
        places = new int[width * channels];
        sums = new float[places.length];
        shares = new float[across * Math.ceilDiv(height, side)];
        for (int i = 0; i < places.length; i++) {
            places[i] = i / channels / side * channels + i % channels;
        }
        for (int i = 0; i < places.length * height; i++) {
            shares[i / places.length / side * across + places[i % places.length]]++;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 1 / shares[i];
        }
    }

    static Thumbnail of(Shape shape) {
        return switch (shape) {
            case Shape.Image(int width, int height, int channels) -> of(width, height, channels);
            case Shape.Vector(int dimension) -> of(dimension, 1, 1);
        };
    }

    private static Thumbnail of(int width, int height, int channels) {
        int side = 1;
        while (Math.ceilDiv(width, side) * Math.ceilDiv(height, side) * channels > MOST) {
            side++;
        }
        return new Thumbnail(width, height, channels, side);
    }

    /// Blocks of 2 x 2 grey pixels, all whole, in one go.
    private void writeQuads(float[] image, int offset, float[] to, int at) {
        int width = places.length;
        int across = width / 2;
        for (int row = 0; row < rows; row += 2) {
            int upper = offset + row * width;
            int lower = upper + width;
            int block = at + row / 2 * across;
            for (int i = 0; i < across; i++) {
                to[block + i] = 0.25f
                        * (image[upper + 2 * i]
                                + image[upper + 2 * i + 1]
                                + (image[lower + 2 * i] + image[lower + 2 * i + 1]));
            }
        }
    }

    int size() {
        return shares.length;
    }

    /// Writes the thumbnail of the image that begins at `offset` into `to`, from `at` on; for one thread.
    void write(float[] image, int offset, float[] to, int at) {
        if (quads) {
            writeQuads(image, offset, to, at);
            return;
        }
        Arrays.fill(to, at, at + shares.length, 0);
        int across = places[places.length - 1] + 1;
        for (int row = 0; row < rows; row += side) {
            System.arraycopy(image, offset + row * places.length, sums, 0, places.length);
            for (int y = row + 1; y < Math.min(rows, row + side); y++) {
                Kernels.axpy(1, image, offset + y * places.length, sums, 0, places.length);
            }
            int block = at + row / side * across;
            for (int i = 0; i < places.length; i++) {
                to[block + places[i]] += sums[i];
            }
        }
        for (int i = 0; i < shares.length; i++) {
            to[at + i] *= shares[i];
        }
    }
}
