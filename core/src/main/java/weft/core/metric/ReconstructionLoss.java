package weft.core.metric;

import weft.core.model.Activation;
import weft.core.model.Encoder;
import weft.core.model.Network;
import weft.core.model.Scaling;

/// How far an image's reconstruction is from it, as the mean over its values: the binary cross-entropy in nats
/// where the decoder gives probabilities, else the mean squared error on the encoder's scale.
public final class ReconstructionLoss {
    /// Keras clips here, and the figures are compared with its.
    private static final double EPSILON = 1e-7;

    private final Encoder.Pass encoder;
    private final Network.Pass decoder;
    private final Scaling scaling;
    private final boolean probabilities;
    private final float[] scaled;
    private double sum;
    private long images;

    /// For the halves of an autoencoder; used by one thread.
    public ReconstructionLoss(Encoder encoder, Network decoder) {
        this(encoder, decoder, decoder.output() == Activation.SIGMOID);
    }

    ReconstructionLoss(Encoder encoder, Network decoder, boolean probabilities) {
        this.encoder = encoder.pass();
        this.decoder = decoder.pass();
        scaling = encoder.scaling();
        this.probabilities = probabilities;
        scaled = new float[encoder.inputs()];
    }

    /// The short name of the loss: `bce` or `mse`.
    public String name() {
        return probabilities ? "bce" : "mse";
    }

    /// Counts one image in, on the scale of images: pixels from 0 to 1, vectors as they came.
    public void add(float[] image) {
        float[] output = decoder.run(encoder.encode(image, 0), 0);
        sum += (probabilities ? crossEntropy(image, output) : squaredError(image, output)) / output.length;
        images++;
    }

    private static double crossEntropy(float[] pixels, float[] output) {
        double loss = 0;
        for (int i = 0; i < output.length; i++) {
            double p = Math.clamp(output[i], EPSILON, 1 - EPSILON);
            loss -= pixels[i] * Math.log(p) + (1 - pixels[i]) * Math.log(1 - p);
        }
        return loss;
    }

    private double squaredError(float[] image, float[] output) {
        float[] target = image;
        if (!scaling.isNone()) {
            scaling.apply(image, 0, scaled, 0);
            target = scaled;
        }
        double loss = 0;
        for (int i = 0; i < output.length; i++) {
            double difference = (double) output[i] - target[i];
            loss += difference * difference;
        }
        return loss;
    }

    /// The mean over all images; NaN where there were none.
    public double mean() {
        return images == 0 ? Double.NaN : sum / images;
    }
}
