package weft.core.model;

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
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    values[i] = (float) (1 / (1 + Math.exp(-values[i])));
                }
            }
        }
    }
}
