package weft.core.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Batch normalisation (Ioffe and Szegedy 2015) and ReLU of the outputs of a layer of [Patches], forwards and
/// backwards, in blocks of images as [PatchKernels] has them.
///
/// What it gives stands inside the border of the planes that the next layer takes.
public final class BatchNorm {
    /// Added to a variance before its root is taken.
    public static final float EPSILON = 1e-5f;

    private static final VectorSpecies<Float> SPECIES = PatchKernels.SPECIES;
    private static final int LANES = PatchKernels.LANES;
    private static final int BLOCK = PatchKernels.BLOCK;

    private final int channels;
    private final int places;
    private final int[] cells;
    private final int plane;

    /// @param next plane of one channel of the outputs
    public BatchNorm(int channels, Plane next) {
        this.channels = channels;
        cells = Arrays.stream(next.inner()).map(place -> place * BLOCK).toArray();
        places = cells.length;
        plane = next.size() * BLOCK;
    }

    public int channels() {
        return channels;
    }

    /// Values of a block of outputs, with borders.
    public int outputBlock() {
        return channels * plane;
    }

    /// Values that each channel's moments are taken over.
    public int values(int blocks) {
        return blocks * places * BLOCK;
    }

    /// Mean and variance (of the values, not the unbiased one) of each channel.
    public void moments(float[] y, int blocks, float[] mean, float[] variance) {
        float count = values(blocks);
        for (int c = 0; c < channels; c++) {
            mean[c] = sum(y, blocks, c) / count;
            variance[c] = squares(y, blocks, c, mean[c]) / count;
        }
    }

    private float sum(float[] y, int blocks, int channel) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        for (int block = 0; block < blocks; block++) {
            int at = (block * channels + channel) * places * BLOCK;
            for (int end = at + places * BLOCK; at < end; at += 2 * LANES) {
                s0 = s0.add(FloatVector.fromArray(SPECIES, y, at));
                s1 = s1.add(FloatVector.fromArray(SPECIES, y, at + LANES));
            }
        }
        return LaneSums.sum(s0.add(s1));
    }

    private float squares(float[] y, int blocks, int channel, float mean) {
        FloatVector m = FloatVector.broadcast(SPECIES, mean);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        for (int block = 0; block < blocks; block++) {
            int at = (block * channels + channel) * places * BLOCK;
            for (int end = at + places * BLOCK; at < end; at += 2 * LANES) {
                FloatVector d0 = FloatVector.fromArray(SPECIES, y, at).sub(m);
                FloatVector d1 = FloatVector.fromArray(SPECIES, y, at + LANES).sub(m);
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
            }
        }
        return LaneSums.sum(s0.add(s1));
    }

    /// `z = max(0, gain (y - mean) / sqrt(variance + epsilon) + shift)`.
    ///
    /// @param weights gains, from `at` on, then shifts
    /// @param z borders are left as they are
    public void forward(float[] y, int blocks, float[] mean, float[] variance, float[] weights, int at, float[] z) {
        for (int c = 0; c < channels; c++) {
            float scale = weights[at + c] * inverse(variance[c]);
            FloatVector a = FloatVector.broadcast(SPECIES, scale);
            FloatVector b = FloatVector.broadcast(SPECIES, weights[at + channels + c] - scale * mean[c]);
            for (int block = 0; block < blocks; block++) {
                int from = (block * channels + c) * places * BLOCK;
                int to = (block * channels + c) * plane;
                for (int cell : cells) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector.fromArray(SPECIES, y, from + i)
                                .fma(a, b)
                                .max(0)
                                .intoArray(z, to + cell + i);
                    }
                    from += BLOCK;
                }
            }
        }
    }

    private static float inverse(float variance) {
        return (float) (1 / Math.sqrt(variance + EPSILON));
    }

    /// The gradient of the sums `y` from the one of `z`; the gradients of gains and shifts are added to.
    ///
    /// @param z what [#forward] gave
    /// @param dz as `z` stands; what stands in its borders is passed over
    /// @param dy as `y` stands
    public void backward(
            float[] y,
            int blocks,
            float[] mean,
            float[] variance,
            float[] weights,
            int at,
            float[] z,
            float[] dz,
            float[] gradient,
            float[] dy) {
        float count = values(blocks);
        for (int c = 0; c < channels; c++) {
            float inverse = inverse(variance[c]);
            FloatVector scale = FloatVector.broadcast(SPECIES, inverse);
            FloatVector shift = FloatVector.broadcast(SPECIES, -inverse * mean[c]);
            FloatVector sums = FloatVector.zero(SPECIES);
            FloatVector products = sums;
            for (int block = 0; block < blocks; block++) {
                int from = (block * channels + c) * places * BLOCK;
                int to = (block * channels + c) * plane;
                for (int cell : cells) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector d = passed(z, dz, to + cell + i);
                        sums = sums.add(d);
                        products = FloatVector.fromArray(SPECIES, y, from + i)
                                .fma(scale, shift)
                                .fma(d, products);
                    }
                    from += BLOCK;
                }
            }
            float sum = LaneSums.sum(sums);
            float product = LaneSums.sum(products);
            gradient[at + c] += product;
            gradient[at + channels + c] += sum;
            // dy = gain / sigma (d - mean(d) - x mean(d x)), x = (y - mean) / sigma.
            float gain = weights[at + c] * inverse;
            FloatVector a = FloatVector.broadcast(SPECIES, gain);
            FloatVector b = FloatVector.broadcast(SPECIES, -gain * product / count * inverse);
            FloatVector e = FloatVector.broadcast(SPECIES, -gain * (sum / count - product / count * inverse * mean[c]));
            for (int block = 0; block < blocks; block++) {
                int from = (block * channels + c) * places * BLOCK;
                int to = (block * channels + c) * plane;
                for (int cell : cells) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector v = FloatVector.fromArray(SPECIES, y, from + i);
                        passed(z, dz, to + cell + i).fma(a, v.fma(b, e)).intoArray(dy, from + i);
                    }
                    from += BLOCK;
                }
            }
        }
    }

    private static FloatVector passed(float[] z, float[] dz, int at) {
        VectorMask<Float> open = FloatVector.fromArray(SPECIES, z, at).compare(VectorOperators.GT, 0);
        return FloatVector.zero(SPECIES).blend(FloatVector.fromArray(SPECIES, dz, at), open);
    }
}
