package weft.evaluation;

import java.util.List;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Centroids;
import weft.core.model.GaussianMixture;

/// Two clusters in one dimension.
final class SmallClusterers {
    static final Centroids CENTROIDS = new Centroids(Matrix.of(2, 1, new float[] {0, 1}), false);
    static final GaussianMixture MIXTURE = new GaussianMixture(List.of(component(0), component(1)));

    private SmallClusterers() {}

    private static GaussianMixture.Component component(double mean) {
        return new GaussianMixture.Component(0.5, Vector.of(new double[] {mean}), Vector.of(new double[] {1}));
    }
}
