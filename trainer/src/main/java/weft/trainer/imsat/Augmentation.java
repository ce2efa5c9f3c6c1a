package weft.trainer.imsat;

import java.util.SplittableRandom;
import weft.core.image.Shape;
import weft.core.math.PatchKernels;
import weft.core.math.Plane;

/// Draws views of images that show the same thing: turned, scaled, moved, sheared, perhaps mirrored, brighter or
/// darker.
///
/// Rotation by up to 10 degrees, each axis scaled by up to 10 %, shear of up to .1, shifts of up to 2 pixels,
/// mirrored in half of all cases, brightness by up to 30 %; bilinear, zero outside.
final class Augmentation {
    private static final double ROTATION = Math.toRadians(10);
    private static final double SCALE = .1;
    private static final double SHIFT = 2;
    private static final double SHEAR = .1;
    private static final double BRIGHTNESS = .3;

    private final Shape.Image shape;
    private final Plane target;

    /// An image's channels, each with a border of zeros: one in front, two behind, so that all four neighbours of
    /// any place can be read.
    private final Plane source;

    /// @param target plane of one channel of the batch
    Augmentation(Shape.Image shape, Plane target) {
        this.shape = shape;
        this.target = target;
        source = new Plane(shape.width(), shape.height(), 2);
    }

    /// Values of a prepared image.
    int preparedValues() {
        return shape.channels() * source.size();
    }

    /// Writes the roots of the values channel by channel with a border, as [#view] takes them.
    ///
    /// @param values from 0 to 1, channels last
    void prepare(float[] values, int offset, float[] prepared, int preparedOffset) {
        int channels = shape.channels();
        int[] inner = source.inner();
        for (int i = 0; i < inner.length; i++) {
            for (int c = 0; c < channels; c++) {
                prepared[preparedOffset + c * source.size() + inner[i]] =
                        (float) Math.sqrt(values[offset + i * channels + c]);
            }
        }
    }

    /// Writes one random view of a prepared image into a batch.
    ///
    /// @param at where its first value stands in the batch; the next one is [PatchKernels#BLOCK] further
    void view(float[] prepared, int preparedOffset, SplittableRandom random, float[] batch, int at) {
        double angle = random.nextDouble(-ROTATION, ROTATION);
        double scaleX = 1 + random.nextDouble(-SCALE, SCALE);
        double scaleY = 1 + random.nextDouble(-SCALE, SCALE);
        double shear = random.nextDouble(-SHEAR, SHEAR);
        double shiftX = random.nextDouble(-SHIFT, SHIFT);
        double shiftY = random.nextDouble(-SHIFT, SHIFT);
        double flip = random.nextBoolean() ? -1 : 1;
        float brightness = (float) (1 + random.nextDouble(-BRIGHTNESS, BRIGHTNESS));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        // Where the pixel (x, y) of the view, seen from the middle, comes from: rotation · shear · scale.
        double xx = cos * scaleX * flip;
        double xy = (cos * shear - sin) * scaleY;
        double yx = sin * scaleX * flip;
        double yy = (sin * shear + cos) * scaleY;
        int width = shape.width();
        int height = shape.height();
        double middleX = (width - 1) / 2d;
        double middleY = (height - 1) / 2d;
        for (int row = 0; row < height; row++) {
            double y = row - middleY;
            double fromX = middleX + shiftX + xy * y - xx * middleX;
            double fromY = middleY + shiftY + yy * y - yx * middleX;
            int to = at + target.at(target.border() + row, target.border()) * PatchKernels.BLOCK;
            for (int column = 0; column < width; column++) {
                float px = (float) Math.clamp(fromX + xx * column, -1, width) + 2;
                float py = (float) Math.clamp(fromY + yx * column, -1, height) + 2;
                int left = (int) px;
                int top = (int) py;
                float right = px - left;
                float bottom = py - top;
                for (int c = 0; c < shape.channels(); c++) {
                    int from = preparedOffset + c * source.size() + top * source.width() + left;
                    float above = prepared[from] + right * (prepared[from + 1] - prepared[from]);
                    int under = from + source.width();
                    float below = prepared[under] + right * (prepared[under + 1] - prepared[under]);
                    batch[to + c * target.size() * PatchKernels.BLOCK] =
                            brightness * (above + bottom * (below - above));
                }
                to += PatchKernels.BLOCK;
            }
        }
    }
}
