package weft.trainer.drift;

import java.util.Arrays;
import weft.trainer.proto.SignalState;

/// One sequential test of whether images fall into some bins as they did before: a CUSUM of betting scores.
///
/// Each chunk of images bets on what the last images showed against what all images since the reference showed:
/// `e = Π (q_b / p_b)^{m_b}`, with `m_b` images of the chunk in bin `b`. `p` is the predictive probability of a
/// multinomial with the Dirichlet(½) prior of Jeffreys, given every image before the chunk; `q` weighs the last images
/// exponentially and shrinks them to `p`. `W ← max(W, 1) · e` is an e-detector (Shin, Ramdas and Rinaldo 2024,
/// "E-detectors", section 2.3): while nothing changes, it takes on average at least `A` chunks until `W ≥ A`.
final class Signal {
    private static final double PRIOR = 0.5;

    private final String name;
    private final double memory;
    private final double[] known;
    private final double[] recent;
    private final int[] chunk;
    private double logEvidence;

    /// @param memory images after which a recent one weighs 1/e
    Signal(String name, int bins, double memory) {
        this.name = name;
        this.memory = memory;
        known = new double[bins];
        Arrays.fill(known, PRIOR);
        recent = new double[bins];
        chunk = new int[bins];
    }

    String name() {
        return name;
    }

    /// An image of the reference.
    void learn(int bin) {
        known[bin]++;
    }

    /// An image to be judged at the chunk's end.
    void count(int bin) {
        chunk[bin]++;
    }

    /// Judges the chunk and learns it.
    ///
    /// @return the logarithm of the evidence that the images have changed; 0 or less where there is none
    double close() {
        double all = sum(known);
        double fresh = sum(recent);
        double shrink = memory / 2;
        double bet = 0;
        int images = 0;
        for (int b = 0; b < chunk.length; b++) {
            if (chunk[b] > 0) {
                double expected = known[b] / all;
                bet += chunk[b] * Math.log((recent[b] + shrink * expected) / ((fresh + shrink) * expected));
                images += chunk[b];
            }
        }
        logEvidence = Math.max(0, logEvidence) + bet;
        double keep = Math.exp(-images / memory);
        for (int b = 0; b < chunk.length; b++) {
            recent[b] = recent[b] * keep + chunk[b];
            known[b] += chunk[b];
            chunk[b] = 0;
        }
        return logEvidence;
    }

    double logEvidence() {
        return logEvidence;
    }

    /// How far the recent images are from those before: the total variation distance, 0 to 1.
    double strength() {
        double all = sum(known);
        double fresh = sum(recent);
        double distance = 0;
        for (int b = 0; b < known.length && fresh > 0; b++) {
            distance += Math.abs(recent[b] / fresh - known[b] / all) / 2;
        }
        return distance;
    }

    /// By how much more often a bin is hit lately than before, as a logarithm.
    double surprise(int bin) {
        return Math.log((recent[bin] + PRIOR) / (sum(recent) + PRIOR) / (known[bin] / sum(known)));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    SignalState save() {
        SignalState.Builder state = SignalState.newBuilder().setLogEvidence(logEvidence);
        for (int b = 0; b < known.length; b++) {
            state.addKnown(known[b]).addRecent(recent[b]).addChunk(chunk[b]);
        }
        return state.build();
    }

    void restore(SignalState state) {
        logEvidence = state.getLogEvidence();
        for (int b = 0; b < known.length; b++) {
            known[b] = state.getKnown(b);
            recent[b] = state.getRecent(b);
            chunk[b] = state.getChunk(b);
        }
    }
}
