package weft.trainer.imsat;

/// What one head says of a batch: the probability of each cluster for each image, and its logarithm.
final class Probabilities {
    final int images;
    final int k;
    final float[] p;
    final float[] log;

    Probabilities(int images, int k) {
        this.images = images;
        this.k = k;
        p = new float[images * k];
        log = new float[images * k];
    }

    /// Reads the outputs of a batch that went forward.
    ///
    /// @param first output of the head
    void read(NetShape shape, Batch batch, int first) {
        float[] outputs = batch.sums[batch.sums.length - 1];
        for (int i = 0; i < images; i++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                log[i * k + c] = outputs[Batch.outputAt(shape, i, first + c)];
                max = Math.max(max, log[i * k + c]);
            }
            double sum = 0;
            for (int c = 0; c < k; c++) {
                sum += Math.exp(log[i * k + c] - max);
            }
            float logSum = (float) (max + Math.log(sum));
            for (int c = 0; c < k; c++) {
                log[i * k + c] -= logSum;
                p[i * k + c] = (float) Math.exp(log[i * k + c]);
            }
        }
    }

    /// The mean of each cluster's probability.
    double[] mean() {
        double[] mean = new double[k];
        for (int i = 0; i < p.length; i++) {
            mean[i % k] += p[i];
        }
        for (int c = 0; c < k; c++) {
            mean[c] /= images;
        }
        return mean;
    }
}
