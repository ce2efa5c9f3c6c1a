package weft.trainer.autoencoder;

/// What a mini-batch teaches an autoencoder: the mean gradient over its images.
///
/// Contributions of several mini-batches under the same parameters may be added before they are applied.
public final class Contribution {
    private final float[] gradient;
    private final long images;
    private final double loss;

    Contribution(float[] gradient, long images, double loss) {
        this.gradient = gradient;
        this.images = images;
        this.loss = loss;
    }

    /// Of all images of both.
    Contribution plus(Contribution other) {
        long all = images + other.images;
        float[] mean = new float[gradient.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (((double) gradient[i] * images + (double) other.gradient[i] * other.images) / all);
        }
        return new Contribution(mean, all, (loss * images + other.loss * other.images) / all);
    }

    /// The gradient of the mean loss; never written.
    float[] gradient() {
        return gradient;
    }

    public long images() {
        return images;
    }

    /// The mean loss of an image's value.
    public double loss() {
        return loss;
    }
}
