package weft.core.model;

import java.util.Map;
import java.util.Optional;

/// Clusters by the mean of what several networks say: codes are those of a [CommitteeEncoder] whose networks number
/// their clusters alike.
///
/// The score is the mean probability of the cluster, the margin its lead over the next one.
///
/// @param networks at least one
public record MeanVote(int networks, int k) implements Clusterer {
    private static final Objective CONFIDENCE = new Objective("meanConfidence", true, Objective.Score.PROBABILITY);

    public MeanVote {
        if (networks < 1) {
            throw new IllegalArgumentException("networks must be at least 1, not " + networks);
        }
        if (k < 2) {
            throw new IllegalArgumentException("k must be at least 2, not " + k);
        }
    }

    @Override
    public int codeSize() {
        return networks * k;
    }

    @Override
    public Objective objective() {
        return CONFIDENCE;
    }

    /// Empty: no single image is the middle of a cluster.
    @Override
    public Optional<float[]> centre(int cluster) {
        return Optional.empty();
    }

    @Override
    public Map<String, Double> figures(long images, double objectiveSum) {
        return Map.of("confidence", objectiveSum / images);
    }

    @Override
    public Pass pass() {
        return new VotePass(networks, k);
    }

    private static final class VotePass implements Pass {
        private final int networks;
        private final int k;
        private double confidence;

        VotePass(int networks, int k) {
            this.networks = networks;
            this.k = k;
        }

        @Override
        public Assignment assign(float[] code) {
            int best = 0;
            double most = -1;
            double second = -1;
            for (int c = 0; c < k; c++) {
                double mean = 0;
                for (int r = c; r < networks * k; r += k) {
                    mean += (double) code[r] * code[r];
                }
                mean /= networks;
                if (mean > most) {
                    second = most;
                    most = mean;
                    best = c;
                } else if (mean > second) {
                    second = mean;
                }
            }
            confidence = Math.min(1, most);
            return new Assignment(best, confidence, Math.max(0, confidence - second));
        }

        /// The probability of the cluster.
        @Override
        public double objective() {
            return confidence;
        }
    }
}
