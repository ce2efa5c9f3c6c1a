package weft.trainer.imsat;

import java.util.SplittableRandom;
import weft.core.image.Shape;

/// Replicas that learn from the same images and, once they know something, from each other.
final class Committee {
    /// Networks.
    static final int REPLICAS = 3;

    /// Images of a step.
    static final int IMAGES = 128;

    private static final double SHARE = .67;
    private static final double SHARE_FROM = 250;
    private static final double SHARE_OVER = 150;
    private static final double SHARPNESS = 50;

    final NetShape shape;
    final Replica[] replicas = new Replica[REPLICAS];
    final Matching matching;
    private final Augmentation augmentation;
    private final long seed;
    private final ImsatOptions options;
    private final float[] prepared;

    /// Steps so far.
    long steps;

    Committee(Shape.Image image, int k, ImsatOptions options) {
        seed = options.seed();
        shape = new NetShape(image, k);
        augmentation = new Augmentation(image, shape.input);
        matching = new Matching(REPLICAS, k);
        this.options = options;
        prepared = new float[IMAGES * augmentation.preparedValues()];
        for (int r = 0; r < REPLICAS; r++) {
            replicas[r] = new Replica(Net.start(shape, random(r, -1)), IMAGES);
        }
    }

    /// What keeps a sample of the images for it, empty.
    Reservoir reservoir() {
        return new Reservoir(options.reservoir(), shape.image.values(), seed);
    }

    /// What is random in one step of a replica depends on nothing but that.
    private SplittableRandom random(int replica, long step) {
        return new SplittableRandom(
                new SplittableRandom(seed * 1_000_003 + replica).nextLong() + step * 0x9E3779B97F4A7C15L);
    }

    /// One step on [#IMAGES] images.
    ///
    /// @param values from 0 to 1, image after image
    /// @return the mean loss of the replicas
    double step(float[] values) {
        for (int i = 0; i < IMAGES; i++) {
            augmentation.prepare(values, i * shape.image.values(), prepared, i * augmentation.preparedValues());
        }
        SplittableRandom[] randoms = new SplittableRandom[REPLICAS];
        Probabilities[] answers = new Probabilities[REPLICAS];
        for (int r = 0; r < REPLICAS; r++) {
            randoms[r] = random(r, steps);
            replicas[r].look(augmentation, prepared, randoms[r], options);
            answers[r] = replicas[r].answers;
        }
        matching.add(answers, steps);
        double share =
                !options.has(Part.TEACHING) ? 0 : SHARE * Math.clamp(((double) steps - SHARE_FROM) / SHARE_OVER, 0, 1);
        double[] weights = weights();
        double loss = 0;
        for (int r = 0; r < REPLICAS; r++) {
            loss += replicas[r].gradient(targets(r, share, weights), options, randoms[r], steps);
            replicas[r].update(steps);
        }
        steps++;
        return loss / REPLICAS;
    }

    /// How much each replica's word counts: the less its loss, the more.
    private double[] weights() {
        double least = Double.POSITIVE_INFINITY;
        for (Replica replica : replicas) {
            least = Math.min(least, replica.loss);
        }
        double[] weights = new double[REPLICAS];
        double sum = 0;
        for (int r = 0; r < REPLICAS; r++) {
            weights[r] = Math.exp(-SHARPNESS * (replicas[r].loss - least));
            sum += weights[r];
        }
        for (int r = 0; r < REPLICAS; r++) {
            weights[r] /= sum;
        }
        return weights;
    }

    /// A replica's own answers, mixed with what all of them say in its own numbering.
    private float[] targets(int r, double share, double[] weights) {
        Probabilities own = replicas[r].answers;
        int k = own.k;
        float[] targets = new float[own.p.length];
        for (int x = 0; x < targets.length; x++) {
            targets[x] = (float) ((1 - share) * own.p[x]);
        }
        for (int j = 0; j < REPLICAS && share > 0; j++) {
            int[] partner = matching.partner(r, j);
            float weight = (float) (share * weights[j]);
            float[] p = replicas[j].answers.p;
            for (int x = 0; x < targets.length; x++) {
                targets[x] += weight * p[x / k * k + partner[x % k]];
            }
        }
        return targets;
    }
}
