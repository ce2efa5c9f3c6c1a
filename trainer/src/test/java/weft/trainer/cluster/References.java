package weft.trainer.cluster;

/// Data, and the figures that `src/test/python/cluster_references.py` computes on it with scikit-learn 1.2.1.
final class References {
    /// Inertia of five clusters of [#uniform]: Lloyd's from the first five rows, and over 400 starts
    /// (that of k-means++ before any round, and the mean and the best after Lloyd's).
    static final double LLOYD = 28.929177952769244;

    static final double PLUS_PLUS = 38.710164371625254;
    static final double MEAN_OF_STARTS = 29.20644143211161;
    static final double BEST_OF_STARTS = 28.606847752804626;

    /// Mean log-likelihood of [#mixture] under its best three components.
    static final double MIXTURE_LOG_LIKELIHOOD = -3.4139055231127164;

    private long state = 2026;

    private References() {}

    /// Uniform rows in the unit cube: no clusters, so that the figures depend on every step.
    static Codes uniform() {
        References draw = new References();
        Codes codes = new Codes(300, 3);
        codes.rows(300);
        for (int i = 0; i < 900; i++) {
            codes.values()[i] = (float) draw.next();
        }
        return codes;
    }

    /// Three overlapping clusters with weights .5, .3 and .2 in two dimensions.
    static Codes mixture() {
        References draw = new References();
        Codes codes = new Codes(4_000, 2);
        codes.rows(4_000);
        for (int i = 0; i < 4_000; i++) {
            double u = draw.next();
            double a = draw.normal();
            double b = draw.normal();
            float[] row = u < .5
                    ? new float[] {(float) a, (float) (.5 * a + .8 * b)}
                    : u < .8
                            ? new float[] {(float) (4 + .6 * a), (float) (1 + 1.2 * b)}
                            : new float[] {(float) (1 + .7 * a), (float) (5 - .4 * a + .5 * b)};
            System.arraycopy(row, 0, codes.values(), codes.offset(i), 2);
        }
        return codes;
    }

    private double next() {
        state = (1_103_515_245L * state + 12_345) % (1L << 31);
        return (double) state / (1L << 31);
    }

    /// The sum of twelve uniform draws (Irwin and Hall): near enough to normal, and the same in any language.
    private double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += next();
        }
        return sum;
    }
}
