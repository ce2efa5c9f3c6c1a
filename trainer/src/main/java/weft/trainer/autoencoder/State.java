package weft.trainer.autoencoder;

import java.util.Arrays;

/// All that training goes on from, bit for bit; immutable.
public final class State {
    private final float[] parameters;
    private final float[] updater;
    private final long iteration;

    /// @param parameters of each layer the weights (outputs x inputs, row by row), then the biases; copied
    /// @param updater the optimiser's two running averages, one after the other; copied
    /// @param iteration steps done so far
    public State(float[] parameters, float[] updater, long iteration) {
        if (updater.length != 2L * parameters.length) {
            throw new IllegalArgumentException(
                    "the updater of " + parameters.length + " parameters does not have " + updater.length + " values");
        }
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration must not be negative, not " + iteration);
        }
        this.parameters = parameters.clone();
        this.updater = updater.clone();
        this.iteration = iteration;
    }

    /// A fresh copy.
    public float[] parameters() {
        return parameters.clone();
    }

    /// A fresh copy.
    public float[] updater() {
        return updater.clone();
    }

    public long iteration() {
        return iteration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that
                && iteration == that.iteration
                && Arrays.equals(parameters, that.parameters)
                && Arrays.equals(updater, that.updater);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(parameters) + Arrays.hashCode(updater)) + Long.hashCode(iteration);
    }

    @Override
    public String toString() {
        return "State[" + parameters.length + " parameters, iteration " + iteration + "]";
    }
}
