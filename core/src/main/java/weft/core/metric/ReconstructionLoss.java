package weft.core.metric;

import weft.core.model.Encoder;
import weft.core.model.Network;

/// Binary cross-entropy between an image and its reconstruction, in nats, as the mean over its pixels.
public final class ReconstructionLoss {
    /// Keras clips here, and the figures are compared with its.
    private static final double EPSILON = 1e-7;

    private final Encoder.Pass encoder;
    private final Network.Pass decoder;
    private double sum;
    private long images;

    /// For the halves of an autoencoder; used by one thread.
    public ReconstructionLoss(Encoder encoder, Network decoder) {
        this.encoder = encoder.pass();
        this.decoder = decoder.pass();
    }

    /// Counts one image in, values 0 to 1.
    public void add(float[] pixels) {
        float[] output = decoder.run(encoder.encode(pixels, 0), 0);
        double loss = 0;
        for (int i = 0; i < output.length; i++) {
            double p = Math.clamp(output[i], EPSILON, 1 - EPSILON);
            loss -= pixels[i] * Math.log(p) + (1 - pixels[i]) * Math.log(1 - p);
        }
        sum += loss / output.length;
        images++;
    }

    /// The mean over all images; NaN where there were none.
    public double mean() {
        return images == 0 ? Double.NaN : sum / images;
    }
}
