package weft.core.model;

import weft.core.image.Shape;
import weft.core.math.Columns;
import weft.core.math.Matrix;
import weft.core.math.TriangleSet;
import weft.core.math.Vector;

/// How unlike most of the recent images an image is: what it lacks in likelihood, in nats, more being stranger.
///
/// Its thumbnail is projected on a few axes; there each of some groups of alike images is a Gaussian, and the one that
/// makes the image likeliest counts: `−max_g (c_g − ½ |T_g (x − μ_g)|²)`. The groups are no clusters of a pipeline.
///
/// @param shape of the images
/// @param axes from a thumbnail to a point
/// @param means groups x axes
/// @param factors groups x lower triangle of `T`, row by row: the inverse Cholesky factor of the group's covariance
/// @param constants of each group the logarithm of its share less half that of its covariance's determinant
public record Strangeness(Shape shape, DenseLayer axes, Matrix means, Matrix factors, Vector constants) {
    public Strangeness {
        int size = Thumbnail.of(shape).size();
        if (axes.inputs() != size) {
            throw new IllegalArgumentException(
                    "axes of " + axes.inputs() + " values do not fit to thumbnails of " + size);
        }
        int d = axes.outputs();
        if (axes.activation() != Activation.IDENTITY
                || means.columns() != d
                || factors.columns() != d * (d + 1) / 2
                || factors.rows() != means.rows()
                || constants.size() != means.rows()) {
            throw new IllegalArgumentException("groups of " + means.columns() + " axes with " + factors.rows()
                    + " factors of " + factors.columns() + " values and " + constants.size()
                    + " constants do not fit to " + means.rows() + " groups of " + d + " axes");
        }
    }

    /// Values of a thumbnail of such an image.
    public static int thumbnailSize(Shape shape) {
        return Thumbnail.of(shape).size();
    }

    /// Writes the thumbnails of `n` images that lie one after the other, as rows of `to`.
    public static void thumbnails(Shape shape, float[] images, int n, float[] to, int at) {
        Thumbnail thumbnail = Thumbnail.of(shape);
        for (int i = 0; i < n; i++) {
            thumbnail.write(images, i * shape.values(), to, at + i * thumbnail.size());
        }
    }

    /// Buffers for one thread.
    public Pass pass() {
        return new Pass(this);
    }

    /// The groups side by side, which measure a point's distance from all of them at once.
    public TriangleSet triangles() {
        return new TriangleSet(means.rows(), means.columns(), means.toArray(), factors.toArray());
    }

    /// Measures for one thread without allocating.
    public static final class Pass {
        private final Thumbnail thumbnail;
        private final Columns axes;
        private final TriangleSet groups;
        private final double[] constants;
        private final float[] small;
        private final float[] point;
        private final float[] norms;
        private int group;

        private Pass(Strangeness of) {
            thumbnail = Thumbnail.of(of.shape);
            axes = new Columns(of.axes.weights(), of.axes.bias());
            groups = of.triangles();
            constants = of.constants.toArray();
            small = new float[thumbnail.size()];
            point = new float[axes.length()];
            norms = new float[groups.length()];
        }

        /// Of the image whose values begin at `offset`.
        public double of(float[] image, int offset) {
            thumbnail.write(image, offset, small, 0);
            axes.apply(small, 0, point);
            return ofPoint(point, 0);
        }

        /// Of a projected thumbnail; [#group] tells the group that it fits best.
        public double ofPoint(float[] points, int offset) {
            groups.squaredNorms(points, offset, norms);
            double best = Double.NEGATIVE_INFINITY;
            for (int g = 0; g < constants.length; g++) {
                double fit = constants[g] - 0.5 * norms[g];
                if (fit > best) {
                    best = fit;
                    group = g;
                }
            }
            return -best;
        }

        /// The group of the last one.
        public int group() {
            return group;
        }
    }
}
