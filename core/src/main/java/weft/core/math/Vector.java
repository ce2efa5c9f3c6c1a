package weft.core.math;

import java.util.Arrays;

/// An immutable vector of doubles.
public final class Vector {
    private final double[] values;

    private Vector(double[] values) {
        this.values = values;
    }

    /// Copies the values.
    ///
    /// @throws IllegalArgumentException where one is not finite
    public static Vector of(double... values) {
        Finite.check(values, "vector");
        return new Vector(values.clone());
    }

    public int size() {
        return values.length;
    }

    public double get(int index) {
        return values[index];
    }

    /// A fresh copy of the values.
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Vector" + Arrays.toString(values);
    }
}
