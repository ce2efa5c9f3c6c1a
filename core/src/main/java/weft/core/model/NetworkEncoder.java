package weft.core.model;

/// The code is the output of a network.
///
/// @param scaling of the values before the network sees them
public record NetworkEncoder(Network network, Scaling scaling) implements Encoder {
    public NetworkEncoder {
        if (!scaling.isNone() && scaling.size() != network.inputs()) {
            throw new IllegalArgumentException(
                    "a scaling of " + scaling.size() + " values does not go with " + network.inputs() + " inputs");
        }
    }

    /// A network that takes values as they are.
    public NetworkEncoder(Network network) {
        this(network, Scaling.NONE);
    }

    @Override
    public int inputs() {
        return network.inputs();
    }

    @Override
    public int codeSize() {
        return network.outputs();
    }

    @Override
    public Pass pass() {
        return new NetworkPass(network.pass(), scaling, inputs());
    }

    private static final class NetworkPass implements Pass {
        private final Network.Pass network;
        private final Scaling scaling;
        private final int inputs;
        private float[] scaled = {};

        NetworkPass(Network.Pass network, Scaling scaling, int inputs) {
            this.network = network;
            this.scaling = scaling;
            this.inputs = inputs;
        }

        @Override
        public float[] encode(float[] image, int offset) {
            return scaling.isNone() ? network.run(image, offset) : network.run(scaled(image, offset, 1), 0);
        }

        @Override
        public void encode(float[] images, int length, int n, float[] codes) {
            network.run(scaling.isNone() ? images : scaled(images, 0, n), n, codes);
        }

        private float[] scaled(float[] images, int offset, int n) {
            if (scaled.length < n * inputs) {
                scaled = new float[n * inputs];
            }
            for (int i = 0; i < n; i++) {
                scaling.apply(images, offset + i * inputs, scaled, i * inputs);
            }
            return scaled;
        }
    }
}
