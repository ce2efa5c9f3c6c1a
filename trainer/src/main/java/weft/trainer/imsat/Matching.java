package weft.trainer.imsat;

import java.util.Arrays;
import weft.core.math.Hungarian;

/// Which cluster of one replica is which of another: counts that fade, matched one to one (Kuhn 1955).
final class Matching {
    private static final double FADE = .97;
    private static final double START = 1e-3;
    private static final int EVERY = 50;

    private final int replicas;
    private final int k;

    /// For each pair `i * replicas + j` how often clusters of i and of j were the answer together, k x k.
    private final double[][] counts;

    /// For each pair the cluster of j for each cluster of i.
    private final int[][] partner;

    Matching(int replicas, int k) {
        this.replicas = replicas;
        this.k = k;
        counts = new double[replicas * replicas][k * k];
        partner = new int[replicas * replicas][k];
        for (int pair = 0; pair < counts.length; pair++) {
            Arrays.fill(counts[pair], START);
            for (int c = 0; c < k; c++) {
                partner[pair][c] = c;
            }
        }
    }

    /// Counts the answers to one batch.
    ///
    /// @param step number of the step, from 0
    void add(Probabilities[] answers, long step) {
        for (int i = 0; i < replicas; i++) {
            for (int j = i + 1; j < replicas; j++) {
                count(answers[i], answers[j], counts[i * replicas + j]);
            }
        }
        if (step % EVERY == 0) {
            match();
        }
    }

    private void count(Probabilities a, Probabilities b, double[] common) {
        for (int x = 0; x < common.length; x++) {
            common[x] *= FADE;
        }
        for (int image = 0; image < a.images; image++) {
            for (int x = 0; x < k; x++) {
                float p = a.p[image * k + x];
                for (int y = 0; y < k; y++) {
                    common[x * k + y] += p * b.p[image * k + y];
                }
            }
        }
    }

    private void match() {
        for (int i = 0; i < replicas; i++) {
            for (int j = i + 1; j < replicas; j++) {
                double[][] common = new double[k][];
                for (int x = 0; x < k; x++) {
                    common[x] = Arrays.copyOfRange(counts[i * replicas + j], x * k, (x + 1) * k);
                }
                int[] found = Hungarian.maximise(common);
                for (int x = 0; x < k; x++) {
                    partner[i * replicas + j][x] = found[x];
                    partner[j * replicas + i][found[x]] = x;
                }
            }
        }
    }

    /// The cluster of replica j for each cluster of replica i.
    int[] partner(int i, int j) {
        return partner[i * replicas + j];
    }

    /// Everything that it takes to go on: counts, then partners.
    double[] save() {
        double[] saved = new double[2 * replicas * replicas * k * k];
        int at = 0;
        for (double[] pair : counts) {
            System.arraycopy(pair, 0, saved, at, k * k);
            at += k * k;
        }
        for (int[] pair : partner) {
            for (int c = 0; c < k; c++) {
                saved[at + c] = pair[c];
            }
            at += k;
        }
        return Arrays.copyOf(saved, at);
    }

    void restore(double[] saved) {
        int at = 0;
        for (double[] pair : counts) {
            System.arraycopy(saved, at, pair, 0, k * k);
            at += k * k;
        }
        for (int[] pair : partner) {
            for (int c = 0; c < k; c++) {
                pair[c] = (int) saved[at + c];
            }
            at += k;
        }
    }
}
