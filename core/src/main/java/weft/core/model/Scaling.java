package weft.core.model;

import weft.core.math.Vector;

/// What an encoder does to each value of an image before its network sees it: `(x - mean) / deviation`.
///
/// @param means of each value; none where values are taken as they are
/// @param deviations of each value, above 0
public record Scaling(Vector means, Vector deviations) {
    /// Values are taken as they are.
    public static final Scaling NONE = new Scaling(Vector.of(), Vector.of());

    public Scaling {
        if (means.size() != deviations.size()) {
            throw new IllegalArgumentException(
                    means.size() + " means do not go with " + deviations.size() + " deviations");
        }
        for (int i = 0; i < deviations.size(); i++) {
            if (!(deviations.get(i) > 0)) {
                throw new IllegalArgumentException("deviation " + i + " must be above 0, not " + deviations.get(i));
            }
        }
    }

    /// Whether values are taken as they are.
    public boolean isNone() {
        return means.size() == 0;
    }

    /// Number of values that it takes; 0 where it takes any.
    public int size() {
        return means.size();
    }

    /// Scales the values that start at `offset`.
    public void apply(float[] values, int offset, float[] scaled, int scaledOffset) {
        for (int i = 0; i < means.size(); i++) {
            scaled[scaledOffset + i] = (float) ((values[offset + i] - means.get(i)) / deviations.get(i));
        }
    }

    /// The values that are scaled to these.
    public float[] invert(float[] scaled) {
        float[] values = scaled.clone();
        invert(values, 0);
        return values;
    }

    /// The same in place, from `offset` on.
    public void invert(float[] values, int offset) {
        for (int i = 0; i < means.size(); i++) {
            values[offset + i] = (float) (values[offset + i] * deviations.get(i) + means.get(i));
        }
    }
}
