package weft.trainer.imsat;

import java.util.Arrays;

/// The whole loss of a replica in plain loops and doubles, for fixed targets, with its gradient.
final class DoubleLoss {
    private final NetShape shape;
    private final double[] views;
    private final double[] mixed;
    private final float[] targets;
    private final float[] fineTargets;
    private final float[] mixedTargets;
    private final double[] prior;
    private final double mixedWeight;

    /// Takes over what a replica has just computed a gradient for.
    DoubleLoss(Replica replica, float[] targets, double[] prior, double mixedWeight) {
        shape = replica.net.shape;
        views = DoubleNet.images(shape, replica.views);
        mixed = DoubleNet.images(shape, replica.mixed);
        this.targets = targets.clone();
        fineTargets = replica.fine.p.clone();
        mixedTargets = replica.mixedTargets.clone();
        this.prior = prior;
        this.mixedWeight = mixedWeight;
    }

    /// The loss; its gradient is written where there is room for it.
    double of(double[] parameters, double[] gradient) {
        int values = shape.image.values();
        DoubleNet clean = new DoubleNet(shape, parameters, views.length / values);
        DoubleNet mixing = new DoubleNet(shape, parameters, mixed.length / values);
        double[] z = clean.forward(views, new float[0]);
        double[] dz = new double[z.length];
        double loss = information(z, dz, 0, shape.k, targets, prior)
                + information(
                        z, dz, shape.k, shape.k * NetShape.OVER, fineTargets, new double[shape.k * NetShape.OVER]);
        double[] u = mixing.forward(mixed, new float[0]);
        double[] du = new double[u.length];
        loss += mixedWeight * cross(u, du);
        if (gradient.length > 0) {
            clean.backward(dz);
            mixing.backward(du);
            Arrays.setAll(gradient, i -> clean.gradient[i] + mixing.gradient[i]);
        }
        return loss;
    }

    private double information(double[] z, double[] dz, int first, int k, float[] goal, double[] assumed) {
        int width = shape.heads.outputs();
        int n = z.length / width;
        double[][] p = new double[n][];
        double[] mean = new double[k];
        for (int i = 0; i < n; i++) {
            p[i] = softmax(z, i * width + first, k);
            for (int c = 0; c < k; c++) {
                mean[c] += p[i][c] / n;
            }
        }
        double loss = 0;
        for (int c = 0; c < k; c++) {
            loss += .8 * mean[c] * (Math.log(mean[c]) - assumed[c]);
        }
        for (int i = 0; i < n; i++) {
            double middle = 0;
            double[] slope = new double[k];
            for (int c = 0; c < k; c++) {
                double target = goal[(i + n / 2) % n * k + c];
                loss -= (target + .3 * p[i][c]) * Math.log(p[i][c]) / n;
                slope[c] = .8 * (Math.log(mean[c]) + 1 - assumed[c]) - .3 * (Math.log(p[i][c]) + 1);
                middle += p[i][c] * slope[c];
            }
            for (int c = 0; c < k; c++) {
                double target = goal[(i + n / 2) % n * k + c];
                dz[i * width + first + c] =
                        (targetSum(goal, (i + n / 2) % n, k) * p[i][c] - target + p[i][c] * (slope[c] - middle)) / n;
            }
        }
        return loss;
    }

    private static double targetSum(float[] goal, int image, int k) {
        double sum = 0;
        for (int c = 0; c < k; c++) {
            sum += goal[image * k + c];
        }
        return sum;
    }

    private double cross(double[] z, double[] dz) {
        int width = shape.heads.outputs();
        int n = z.length / width;
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double[] p = softmax(z, i * width, shape.k);
            for (int c = 0; c < shape.k; c++) {
                double target = mixedTargets[i * shape.k + c];
                loss -= target * Math.log(p[c]) / n;
                dz[i * width + c] = mixedWeight * (targetSum(mixedTargets, i, shape.k) * p[c] - target) / n;
            }
        }
        return loss;
    }

    static double[] softmax(double[] z, int at, int k) {
        double[] p = Arrays.copyOfRange(z, at, at + k);
        double max = Arrays.stream(p).max().orElseThrow();
        double sum = Arrays.stream(p).map(v -> Math.exp(v - max)).sum();
        return Arrays.stream(p).map(v -> Math.exp(v - max) / sum).toArray();
    }
}
