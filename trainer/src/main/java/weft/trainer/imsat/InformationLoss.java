package weft.trainer.imsat;

/// Self-augmented information maximisation (Hu et al. 2017) with separate weights of its two entropies.
///
/// `cross entropy of targets and answers − .8 H(mean p) + .3 mean H(p)`; the target of an image's answer comes from
/// the other view of the same image. Both views stand in one batch, the second half of which are the second views.
/// Where a prior is given, `−H(mean p)` becomes the divergence of the mean from it, which is the same for a uniform
/// one but for a constant.
final class InformationLoss {
    static final double MARGINAL = .8;
    static final double CONDITIONAL = .3;

    private static final double SMALLEST = 1e-12;

    private InformationLoss() {}

    /// The loss with each image's own answers as the targets of its other view.
    static double of(Probabilities answers, double[] prior) {
        return of(answers, answers.p, prior);
    }

    /// The loss.
    ///
    /// @param targets of every image's other view, as [Probabilities#p] stands
    /// @param prior log probability of each cluster relative to 1 / K: all 0 for a uniform one
    static double of(Probabilities answers, float[] targets, double[] prior) {
        int k = answers.k;
        int half = answers.images / 2;
        double cross = 0;
        double conditional = 0;
        for (int i = 0; i < answers.images; i++) {
            int other = (i + half) % answers.images;
            for (int c = 0; c < k; c++) {
                double log = answers.log[i * k + c];
                cross -= targets[other * k + c] * log;
                conditional -= answers.p[i * k + c] * log;
            }
        }
        double marginal = 0;
        double[] mean = answers.mean();
        for (int c = 0; c < k; c++) {
            marginal += mean[c] * (Math.log(Math.max(mean[c], SMALLEST)) - prior[c]);
        }
        return (cross + CONDITIONAL * conditional) / answers.images + MARGINAL * marginal;
    }

    /// Writes the gradient of the head's outputs; no gradient goes through the targets.
    ///
    /// @param first output of the head
    static void gradient(
            NetShape shape, Batch batch, int first, Probabilities answers, float[] targets, double[] prior) {
        float[] gradient = batch.gradients[batch.gradients.length - 1];
        int k = answers.k;
        int half = answers.images / 2;
        double[] mean = answers.mean();
        double[] slope = new double[k];
        for (int c = 0; c < k; c++) {
            mean[c] = MARGINAL * (Math.log(Math.max(mean[c], SMALLEST)) - prior[c]);
        }
        for (int i = 0; i < answers.images; i++) {
            int other = (i + half) % answers.images;
            double middle = 0;
            for (int c = 0; c < k; c++) {
                slope[c] = mean[c] - CONDITIONAL * answers.log[i * k + c];
                middle += answers.p[i * k + c] * slope[c];
            }
            for (int c = 0; c < k; c++) {
                double p = answers.p[i * k + c];
                gradient[Batch.outputAt(shape, i, first + c)] =
                        (float) ((p - targets[other * k + c] + p * (slope[c] - middle)) / answers.images);
            }
        }
    }

    /// The mean cross entropy of targets and answers, image by image.
    static double crossEntropy(Probabilities answers, float[] targets) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum -= targets[i] * answers.log[i];
        }
        return sum / answers.images;
    }

    /// Writes the gradient of `weight` times [#crossEntropy].
    static void crossEntropyGradient(
            NetShape shape, Batch batch, Probabilities answers, float[] targets, double weight) {
        float[] gradient = batch.gradients[batch.gradients.length - 1];
        int k = answers.k;
        for (int i = 0; i < answers.images; i++) {
            for (int c = 0; c < k; c++) {
                gradient[Batch.outputAt(shape, i, c)] =
                        (float) (weight * (answers.p[i * k + c] - targets[i * k + c]) / answers.images);
            }
        }
    }
}
