package weft.core.image;

import java.util.Arrays;
import java.util.BitSet;

/// A fixed number of places for images of one shape, whose bytes lie side by side in a few large arrays.
///
/// An image that is put in is copied, so that no object lives on for it: images that stay for seconds would cost the
/// garbage collector far more than the copy. Memory is taken as places are used for the first time.
public final class ImageSlab {
    private static final int BLOCK_BYTES = 1 << 18;

    private final Shape shape;
    private final int bytes;
    private final int perBlock;
    private final byte[][] blocks;
    private final BitSet held = new BitSet();

    /// @param places most images, each of [Shape#bytes] bytes
    public ImageSlab(Shape shape, int places) {
        this.shape = shape;
        bytes = shape.bytes();
        perBlock = Math.clamp(BLOCK_BYTES / bytes, 1, Math.max(1, places));
        blocks = new byte[Math.ceilDiv(places, perBlock)][0];
    }

    /// Copies an image into a place; what was there is gone.
    ///
    /// @throws IllegalArgumentException for an image of another shape
    public void put(int place, ImageValues image) {
        if (!image.shape().equals(shape)) {
            throw new IllegalArgumentException("the places are for images of " + shape + ", not of " + image.shape());
        }
        int block = place / perBlock;
        if (blocks[block].length == 0) {
            blocks[block] = new byte[perBlock * bytes];
        }
        image.copyTo(blocks[block], at(place));
        held.set(place);
    }

    /// Empties a place.
    public void clear(int place) {
        held.clear(place);
    }

    /// Whether there is an image in a place.
    public boolean holds(int place) {
        return held.get(place);
    }

    /// A copy of the image in a place that [#holds] one.
    public ImageValues get(int place) {
        int at = at(place);
        return new ImageValues(shape, Arrays.copyOfRange(block(place), at, at + bytes));
    }

    /// As [ImageValues#toFloats], of the image in a place that [#holds] one.
    public void toFloats(int place, float[] target, int offset) {
        ImageValues.toFloats(shape, block(place), at(place), target, offset);
    }

    /// Whether two places hold equal images.
    public boolean same(int one, int other) {
        int a = at(one);
        int b = at(other);
        return Arrays.equals(block(one), a, a + bytes, block(other), b, b + bytes);
    }

    private byte[] block(int place) {
        if (!held.get(place)) {
            throw new IllegalStateException("there is no image in place " + place);
        }
        return blocks[place / perBlock];
    }

    private int at(int place) {
        return place % perBlock * bytes;
    }
}
