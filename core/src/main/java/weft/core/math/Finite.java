package weft.core.math;

/// Refuses NaN and infinity at the door.
public final class Finite {
    private Finite() {}

    /// Refuses an array with a NaN or an infinity.
    ///
    /// @throws NotFiniteException that names the first value that is not finite
    public static void check(float[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NotFiniteException(what + " value " + i + " is " + values[i]);
            }
        }
    }

    /// Refuses an array with a NaN or an infinity.
    ///
    /// @throws NotFiniteException that names the first value that is not finite
    public static void check(double[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new NotFiniteException(what + " value " + i + " is " + values[i]);
            }
        }
    }
}
