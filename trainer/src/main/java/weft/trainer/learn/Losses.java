package weft.trainer.learn;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import weft.trainer.proto.Checkpoint;

/// What a training minimises or maximises, as measured at the last milestone and on test images now, and when it has
/// blown up.
final class Losses {
    private static final int BLOCK = 64;
    private static final String VALIDATION = "validation.";

    private final String loss;
    private final double blownUp;
    private final SortedMap<String, Double> measured = new TreeMap<>();
    private double sum;
    private long count;

    /// @param loss short name of the encoder's loss
    /// @param blownUp mean loss above which the training has diverged
    Losses(String loss, double blownUp) {
        this.loss = loss;
        this.blownUp = blownUp;
    }

    /// Counts a mini-batch in.
    ///
    /// @param mean NaN where nothing was learnt
    void trained(double mean, int images) {
        if (!Double.isNaN(mean)) {
            sum += mean * images;
            count += images;
        }
    }

    /// @throws DivergedException where the loss since the last milestone has blown up
    void refuseBlownUp() {
        double mean = count == 0 ? 0 : sum / count;
        if (mean > blownUp) {
            throw new DivergedException(mean, blownUp);
        }
    }

    /// Closes the mean of the mini-batches since the last milestone.
    void closeTraining() {
        if (count > 0) {
            measured.put("train." + loss, sum / count);
            sum = 0;
            count = 0;
        }
    }

    /// All by name, for example `train.bce` and `raw-kmeans-10.inertia`, with that of test images, of which nothing
    /// has been learnt, as the encoder is now.
    ///
    /// Measuring it costs as much as learning from as many images, and changes nothing.
    ///
    /// @param values of an image
    Map<String, Double> all(EncoderLearner encoder, RecentImages tests, int values) {
        Map<String, Double> all = new TreeMap<>(measured);
        if (encoder.decoder().isPresent()) {
            double validation = mean(encoder, tests, values);
            if (Double.isFinite(validation)) {
                all.put(VALIDATION + loss, validation);
            }
        }
        return all;
    }

    /// NaN where there are no images.
    private static double mean(EncoderLearner encoder, RecentImages images, int values) {
        float[] block = new float[BLOCK * values];
        double all = 0;
        int measuredImages = 0;
        int n = 0;
        for (int i = 0; i < images.size(); i++) {
            if (images.holds(i)) {
                images.toFloats(i, block, n++ * values);
            }
            if (n == BLOCK || (i == images.size() - 1 && n > 0)) {
                all += encoder.loss(block, n) * n;
                measuredImages += n;
                n = 0;
            }
        }
        return all / measuredImages;
    }

    void measured(String name, double value) {
        measured.put(name, value);
    }

    void save(Checkpoint.Builder checkpoint) {
        checkpoint.putAllLosses(measured).setLossSum(sum).setLossCount(count);
    }

    void restore(Checkpoint checkpoint) {
        measured.putAll(checkpoint.getLossesMap());
        // Those of earlier releases hold what is measured anew for each snapshot.
        measured.keySet().removeIf(name -> name.startsWith(VALIDATION));
        sum = checkpoint.getLossSum();
        count = checkpoint.getLossCount();
    }
}
