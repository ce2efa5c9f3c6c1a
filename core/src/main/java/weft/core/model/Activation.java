package weft.core.model;

import weft.core.math.Logistic;

/// What a layer does to its sums.
public enum Activation {
    IDENTITY,
    RELU,
    SIGMOID;

    void apply(float[] values, int n) {
        switch (this) {
            case IDENTITY -> {}
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    values[i] = Math.max(0, values[i]);
                }
            }
            case SIGMOID -> Logistic.apply(values, n);
        }
    }
}
