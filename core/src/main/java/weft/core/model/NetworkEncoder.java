package weft.core.model;

/// The code is the output of a network.
public record NetworkEncoder(Network network) implements Encoder {
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
        return network.pass()::run;
    }
}
