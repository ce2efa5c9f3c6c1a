package weft.monitoring.page;

import org.jspecify.annotations.Nullable;

/// Numbers for JSON, which knows no NaN.
final class Numbers {
    private Numbers() {}

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
