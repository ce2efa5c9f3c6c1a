package weft.core.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One step of Adam (Kingma and Ba 2015), and running averages of weights.
public final class AdamStep {
    private static final VectorSpecies<Float> SPECIES = PatchKernels.SPECIES;
    private static final int LANES = PatchKernels.LANES;
    private static final float BETA_1 = .9f;
    private static final float BETA_2 = .999f;
    private static final float EPSILON = 1e-8f;

    private AdamStep() {}

    /// Moves the weights against the gradient.
    ///
    /// @param first running mean of the gradients
    /// @param second running mean of their squares
    /// @param step number of this step, from 1
    public static void apply(float[] weights, float[] gradient, float[] first, float[] second, float rate, long step) {
        float scale = (float) (rate / (1 - Math.pow(BETA_1, (double) step)));
        float root = (float) (1 / Math.sqrt(1 - Math.pow(BETA_2, (double) step)));
        int i = 0;
        for (int bound = SPECIES.loopBound(weights.length); i < bound; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, i);
            FloatVector m = FloatVector.fromArray(SPECIES, first, i).mul(BETA_1).add(g.mul(1 - BETA_1));
            FloatVector v = FloatVector.fromArray(SPECIES, second, i)
                    .mul(BETA_2)
                    .add(g.mul(g).mul(1 - BETA_2));
            m.intoArray(first, i);
            v.intoArray(second, i);
            FloatVector move = m.mul(scale).div(v.sqrt().mul(root).add(EPSILON));
            FloatVector.fromArray(SPECIES, weights, i).sub(move).intoArray(weights, i);
        }
        for (; i < weights.length; i++) {
            float g = gradient[i];
            first[i] = first[i] * BETA_1 + g * (1 - BETA_1);
            second[i] = second[i] * BETA_2 + g * g * (1 - BETA_2);
            weights[i] -= first[i] * scale / ((float) Math.sqrt(second[i]) * root + EPSILON);
        }
    }

    /// `average = decay average + (1 - decay) values`.
    public static void average(float[] average, float[] values, float decay) {
        for (int i = 0; i < average.length; i++) {
            average[i] = average[i] * decay + values[i] * (1 - decay);
        }
    }
}
