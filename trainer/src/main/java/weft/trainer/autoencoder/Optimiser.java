package weft.trainer.autoencoder;

/// How a gradient becomes a step, with the constants that Keras uses.
///
/// The state is two running averages, one after the other, each as long as the parameters. The loops are plain, so
/// that the compiler makes vectors of them.
public enum Optimiser {
    /// Adaptive moments (Kingma and Ba 2015, algorithm 1), decays .9 and .999.
    ADAM {
        @Override
        void step(float[] parameters, float[] gradient, float[] state, double rate, double decay, long iteration) {
            double t = iteration + 1.0;
            float length = (float) (rate * decay * Math.sqrt(1 - Math.pow(.999, t)) / (1 - Math.pow(.9, t)));
            int n = parameters.length;
            for (int i = 0; i < n; i++) {
                float g = gradient[i];
                float mean = .9f * state[i] + .1f * g;
                float square = .999f * state[n + i] + .001f * (g * g);
                state[i] = mean;
                state[n + i] = square;
                parameters[i] -= length * mean / ((float) Math.sqrt(square) + EPSILON);
            }
        }
    },
    /// Adaptive learning rates (Zeiler 2012, algorithm 1), decay .95; its steps are multiplied by the learning rate.
    ADADELTA {
        @Override
        void step(float[] parameters, float[] gradient, float[] state, double rate, double decay, long iteration) {
            float length = (float) (rate * decay);
            int n = parameters.length;
            for (int i = 0; i < n; i++) {
                float g = gradient[i];
                float square = .95f * state[i] + .05f * (g * g);
                float step = (float) Math.sqrt(state[n + i] + EPSILON) / (float) Math.sqrt(square + EPSILON) * g;
                state[i] = square;
                state[n + i] = .95f * state[n + i] + .05f * (step * step);
                parameters[i] -= length * step;
            }
        }
    };

    private static final float EPSILON = 1e-7f;

    /// Changes parameters and state.
    ///
    /// @param decay what is left of the learning rate
    /// @param iteration steps done before
    abstract void step(float[] parameters, float[] gradient, float[] state, double rate, double decay, long iteration);
}
