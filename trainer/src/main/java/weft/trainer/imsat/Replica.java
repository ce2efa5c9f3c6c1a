package weft.trainer.imsat;

import java.util.Arrays;
import java.util.SplittableRandom;
import weft.core.math.AdamStep;
import weft.core.math.PatchKernels;

/// One of the networks that learn together, with its optimiser and the average that is published.
final class Replica {
    private static final float RATE = 3e-3f;
    private static final float MOST_DECAY = .995f;
    private static final double LOSS_DECAY = .98;
    private static final double MARGINAL_DECAY = .99;
    private static final double MIXED_WEIGHT = .5;
    private static final double MIXED_FROM = 300;

    final Net net;
    final float[] first;
    final float[] second;
    final float[] averageParameters;
    final float[] averageMoments;

    /// Running mean of the probability of each cluster.
    final double[] marginal;

    /// Running mean of its own loss; NaN before the first step.
    double loss = Double.NaN;

    final Batch views;
    final Batch mixed;
    final Probabilities answers;
    final Probabilities fine;
    final Probabilities mixedAnswers;
    final float[] mixedTargets;

    Replica(Net net, int images) {
        this.net = net;
        first = new float[net.parameters.length];
        second = new float[net.parameters.length];
        averageParameters = net.parameters.clone();
        averageMoments = net.moments.clone();
        marginal = new double[net.shape.k];
        Arrays.fill(marginal, 1d / net.shape.k);
        views = new Batch(net.shape, 2 * images);
        mixed = new Batch(net.shape, images);
        answers = new Probabilities(2 * images, net.shape.k);
        fine = new Probabilities(2 * images, net.shape.k * NetShape.OVER);
        mixedAnswers = new Probabilities(images, net.shape.k);
        mixedTargets = new float[images * net.shape.k];
    }

    /// Draws two views of each image and answers them.
    void look(Augmentation augmentation, float[] prepared, SplittableRandom random, ImsatOptions options) {
        int images = mixed.images();
        int block = net.shape.layers[0].inputBlock();
        for (int i = 0; i < 2 * images; i++) {
            augmentation.view(
                    prepared,
                    i % images * augmentation.preparedValues(),
                    random,
                    views.inputs[0],
                    i / PatchKernels.BLOCK * block + i % PatchKernels.BLOCK);
        }
        net.forward(views);
        answers.read(net.shape, views, 0);
        fine.read(net.shape, views, net.shape.k);
        double own = InformationLoss.of(answers, options.prior().relativeTo(marginal));
        loss = Double.isNaN(loss) ? own : LOSS_DECAY * loss + (1 - LOSS_DECAY) * own;
    }

    /// Adds up the gradient of the whole loss for what it saw last.
    ///
    /// @param targets of the views' answers, without gradient
    /// @param step number of the step, from 0
    /// @return the loss
    double gradient(float[] targets, ImsatOptions options, SplittableRandom random, long step) {
        double[] prior = options.prior().relativeTo(marginal);
        NetShape shape = net.shape;
        double whole = InformationLoss.of(answers, targets, prior);
        InformationLoss.gradient(shape, views, 0, answers, targets, prior);
        if (options.has(Part.FINE)) {
            double[] uniform = new double[fine.k];
            whole += InformationLoss.of(fine, uniform);
            InformationLoss.gradient(shape, views, shape.k, fine, fine.p, uniform);
        }
        net.clearGradient();
        net.backward(views);
        if (options.has(Part.MIXING)) {
            double weight = MIXED_WEIGHT * Math.min(1, (double) step / MIXED_FROM);
            mix(targets, random);
            net.forward(mixed);
            mixedAnswers.read(shape, mixed, 0);
            whole += weight * InformationLoss.crossEntropy(mixedAnswers, mixedTargets);
            InformationLoss.crossEntropyGradient(shape, mixed, mixedAnswers, mixedTargets, weight);
            net.backward(mixed);
        }
        return whole;
    }

    /// Mixes each first view with another image's second one (Zhang et al. 2018), by a share of Beta(.5, .5).
    private void mix(float[] targets, SplittableRandom random) {
        int images = mixed.images();
        int k = net.shape.k;
        int[] others = new int[images];
        for (int i = 0; i < images; i++) {
            int j = random.nextInt(i + 1);
            others[i] = others[j];
            others[j] = i;
        }
        int features = net.shape.layers[0].inputBlock() / PatchKernels.BLOCK;
        for (int i = 0; i < images; i++) {
            double sine = Math.sin(Math.PI / 2 * random.nextDouble());
            float share = (float) Math.max(sine * sine, 1 - sine * sine);
            int one = place(i, features);
            int other = place(images + others[i], features);
            int to = one;
            for (int f = 0; f < features * PatchKernels.BLOCK; f += PatchKernels.BLOCK) {
                mixed.inputs[0][to + f] = share * views.inputs[0][one + f] + (1 - share) * views.inputs[0][other + f];
            }
            for (int c = 0; c < k; c++) {
                mixedTargets[i * k + c] =
                        share * targets[i * k + c] + (1 - share) * targets[(images + others[i]) * k + c];
            }
        }
    }

    private static int place(int image, int features) {
        return image / PatchKernels.BLOCK * features * PatchKernels.BLOCK + image % PatchKernels.BLOCK;
    }

    /// Moves the network by the gradient, and the averages after it.
    void update(long step) {
        double[] mean = answers.mean();
        for (int c = 0; c < mean.length; c++) {
            marginal[c] = MARGINAL_DECAY * marginal[c] + (1 - MARGINAL_DECAY) * mean[c];
        }
        AdamStep.apply(net.parameters, net.gradient, first, second, RATE, step + 1);
        float decay = Math.min(MOST_DECAY, (1f + (float) step) / (10f + (float) step));
        AdamStep.average(averageParameters, net.parameters, decay);
        AdamStep.average(averageMoments, net.moments, decay);
    }
}
