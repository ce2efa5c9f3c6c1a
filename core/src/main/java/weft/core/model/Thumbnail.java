package weft.core.model;

import java.util.Arrays;
import weft.core.image.Shape;
import weft.core.math.Kernels;

/// Makes images small: the means of square blocks of pixels, each channel by itself, or of neighbouring values of a
/// vector.
///
/// Blocks are the smallest that leave at most 64 of an image, or 256 of a vector.
final class Thumbnail {
    private static final int BLOCKS_OF_AN_IMAGE = 64;
    private static final int BLOCKS_OF_A_VECTOR = 256;

    private final int rows;
    private final int side;
    private final boolean fours;

    /// The place, in a row of blocks, of each value of a row of the image.
    private final int[] places;

    private final float[] sums;
    private final float[] shares;

    private Thumbnail(int width, int height, int channels, int side) {
        rows = height;
        this.side = side;
        fours = side == 4 && channels == 1 && width % 4 == 0 && height % 4 == 0;
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
            case Shape.Image(int width, int height, int channels) -> of(width, height, channels, BLOCKS_OF_AN_IMAGE);
            case Shape.Vector(int dimension) -> of(dimension, 1, 1, BLOCKS_OF_A_VECTOR);
        };
    }

    private static Thumbnail of(int width, int height, int channels, int most) {
        int side = 1;
        while (Math.ceilDiv(width, side) * Math.ceilDiv(height, side) > most) {
            side++;
        }
        return new Thumbnail(width, height, channels, side);
    }

    /// Blocks of 4 x 4 grey pixels, all whole, in one go.
    private void writeFours(float[] image, int offset, float[] to, int at) {
        int width = places.length;
        int block = at;
        for (int row = 0; row < rows; row += 4) {
            for (int column = 0; column < width; column += 4) {
                float sum = 0;
                int pixel = offset + row * width + column;
                for (int y = 0; y < 4; y++) {
                    sum += image[pixel] + image[pixel + 1] + (image[pixel + 2] + image[pixel + 3]);
                    pixel += width;
                }
                to[block++] = sum / 16;
            }
        }
    }

    int size() {
        return shares.length;
    }

    /// Writes the thumbnail of the image that begins at `offset` into `to`, from `at` on; for one thread.
    void write(float[] image, int offset, float[] to, int at) {
        if (fours) {
            writeFours(image, offset, to, at);
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
