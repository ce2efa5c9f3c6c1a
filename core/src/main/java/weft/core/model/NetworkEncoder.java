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
        Network.Pass pass = network.pass();
        if (scaling.isNone()) {
            return pass::run;
        }
        float[] scaled = new float[inputs()];
        return (image, offset) -> {
            scaling.apply(image, offset, scaled, 0);
            return pass.run(scaled, 0);
        };
    }
}
