package weft.core.model;

import java.util.List;
import weft.core.image.Shape;
import weft.core.math.ConvolutionKernel;

/// Convolutions, then dense layers, over images of one shape; immutable.
///
/// It takes roots of pixels: an image's value `v` from 0 to 1 goes in as `√v`.
///
/// @param shape of the images
/// @param convolutions at least one; each takes what the one before gives
/// @param dense takes what the last convolution gives, place by place, channels last
public record ImageNetwork(Shape.Image shape, List<ConvolutionLayer> convolutions, Network dense) {
    public ImageNetwork {
        if (convolutions.isEmpty()) {
            throw new IllegalArgumentException("a network of convolutions needs one");
        }
        convolutions = List.copyOf(convolutions);
        int width = shape.width();
        int height = shape.height();
        int channels = shape.channels();
        for (int i = 0; i < convolutions.size(); i++) {
            ConvolutionLayer layer = convolutions.get(i);
            if (layer.channels() != channels) {
                throw new IllegalArgumentException("convolution " + i + " takes " + layer.channels()
                        + " channels, but what comes before it has " + channels);
            }
            width = ConvolutionLayer.reduced(width);
            height = ConvolutionLayer.reduced(height);
            channels = layer.outputs();
        }
        if (dense.inputs() != (long) width * height * channels) {
            throw new IllegalArgumentException("the dense layers take " + dense.inputs()
                    + " values, but the convolutions give " + width + " x " + height + " x " + channels);
        }
    }

    public int outputs() {
        return dense.outputs();
    }

    /// Buffers for forward passes of one thread.
    public Pass pass() {
        return new Pass(this);
    }

    /// A forward pass that allocates nothing; not for more than one thread.
    public static final class Pass {
        private final Shape.Image shape;
        private final ConvolutionKernel.Geometry[] geometries;
        private final float[][] weights;

        /// What each convolution takes, with its border, and what the dense layers take.
        private final float[][] inputs;

        /// Where the first value inside the border stands in each input.
        private final int[] inside;

        private final Network.Pass dense;

        private Pass(ImageNetwork network) {
            shape = network.shape;
            int layers = network.convolutions.size();
            geometries = new ConvolutionKernel.Geometry[layers];
            weights = new float[layers][];
            inputs = new float[layers + 1][];
            inside = new int[layers + 1];
            int width = shape.width();
            int height = shape.height();
            for (int i = 0; i <= layers; i++) {
                int border = i < layers ? network.convolutions.get(i).border() : 0;
                int channels = i < layers ? network.convolutions.get(i).channels() : geometries[i - 1].outputs();
                int bordered = width + 2 * border;
                inputs[i] = new float[bordered * (height + 2 * border) * channels + ConvolutionKernel.LANES];
                inside[i] = (border * bordered + border) * channels;
                if (i < layers) {
                    ConvolutionLayer layer = network.convolutions.get(i);
                    width = ConvolutionLayer.reduced(width);
                    height = ConvolutionLayer.reduced(height);
                    int next = i + 1 < layers ? network.convolutions.get(i + 1).border() : 0;
                    geometries[i] = new ConvolutionKernel.Geometry(
                            bordered,
                            channels,
                            layer.kernel(),
                            ConvolutionLayer.STRIDE,
                            height,
                            width,
                            layer.outputs(),
                            width + 2 * next);
                    weights[i] = layer.padded(ConvolutionKernel.padded(layer.outputs()));
                }
            }
            dense = network.dense.pass();
        }

        /// The output for the image whose values start at `offset`, in a buffer that the next call overwrites.
        public float[] run(float[] image, int offset) {
            int row = shape.width() * shape.channels();
            int to = inside[0];
            for (int y = 0; y < shape.height(); y++) {
                for (int i = 0; i < row; i++) {
                    inputs[0][to + i] = (float) Math.sqrt(image[offset + y * row + i]);
                }
                to += geometries[0].width() * shape.channels();
            }
            for (int i = 0; i < geometries.length; i++) {
                ConvolutionKernel.apply(geometries[i], inputs[i], weights[i], inputs[i + 1], inside[i + 1]);
            }
            return dense.run(inputs[geometries.length], 0);
        }
    }
}
