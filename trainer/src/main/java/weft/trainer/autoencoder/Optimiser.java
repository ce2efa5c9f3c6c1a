package weft.trainer.autoencoder;

/// How a gradient becomes a step, with the constants that Keras uses.
///
/// Its state is two running averages, each as long as the parameters. The loops touch one index of every array, so
/// that the compiler makes vectors of them.
public enum Optimiser {
    /// Adaptive moments (Kingma and Ba 2015, algorithm 1), decays .9 and .999.
    ADAM {
        @Override
        void step(float[] parameters, float[] gradient, float[] means, float[] squares, double rate, long iteration) {
            double t = iteration + 1.0;
            float length = (float) (rate * Math.sqrt(1 - Math.pow(.999, t)) / (1 - Math.pow(.9, t)));
            for (int i = 0; i < parameters.length; i++) {
                float g = gradient[i];
                float mean = .9f * means[i] + .1f * g;
                float square = .999f * squares[i] + .001f * (g * g);
                means[i] = mean;
                squares[i] = square;
                parameters[i] -= length * mean / ((float) Math.sqrt(square) + EPSILON);
            }
        }
    },
    /// Adaptive learning rates (Zeiler 2012, algorithm 1), decay .95; its steps are multiplied by the learning rate.
    ADADELTA {
        @Override
        void step(float[] parameters, float[] gradient, float[] squares, float[] steps, double rate, long iteration) {
            float length = (float) rate;
            for (int i = 0; i < parameters.length; i++) {
                float g = gradient[i];
                float square = .95f * squares[i] + .05f * (g * g);
                float step = (float) Math.sqrt(steps[i] + EPSILON) / (float) Math.sqrt(square + EPSILON) * g;
                squares[i] = square;
                steps[i] = .95f * steps[i] + .05f * (step * step);
                parameters[i] -= length * step;
            }
        }
    };

    private static final float EPSILON = 1e-7f;

    /// Changes parameters and both averages.
    ///
    /// @param rate the learning rate as it is now
    /// @param iteration steps done before
    abstract void step(
            float[] parameters, float[] gradient, float[] first, float[] second, double rate, long iteration);
}
