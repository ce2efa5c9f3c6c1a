package weft.monitoring.page;

import java.util.List;

/// Turns, and mirrors where that fits better, a map so that it lies as the one before it lay: t-SNE knows
/// neither up nor left, and eyes do.
///
/// The turn is the least-squares one of the orthogonal Procrustes problem in two dimensions.
record Alignment(double cosine, double sine, boolean mirrored) {
    static final Alignment NONE = new Alignment(1, 0, false);

    /// A place and where it should come to lie.
    record Pair(double x, double y, double toX, double toY) {}

    /// The best turn about the origin.
    static Alignment of(List<Pair> pairs) {
        Alignment turned = turn(pairs, 1);
        Alignment mirrored = turn(pairs, -1);
        double gain = gain(turned, pairs) - gain(mirrored, pairs);
        return pairs.size() < 2 ? NONE : gain >= 0 ? turned : mirrored;
    }

    private static Alignment turn(List<Pair> pairs, int sign) {
        double along = 0;
        double across = 0;
        for (Pair pair : pairs) {
            double y = sign * pair.y();
            along += pair.x() * pair.toX() + y * pair.toY();
            across += pair.x() * pair.toY() - y * pair.toX();
        }
        double norm = Math.hypot(along, across);
        return norm == 0 ? NONE : new Alignment(along / norm, across / norm, sign < 0);
    }

    private static double gain(Alignment alignment, List<Pair> pairs) {
        double sum = 0;
        for (Pair pair : pairs) {
            sum += alignment.x(pair.x(), pair.y()) * pair.toX() + alignment.y(pair.x(), pair.y()) * pair.toY();
        }
        return sum;
    }

    double x(double x, double y) {
        return cosine * x - sine * (mirrored ? -y : y);
    }

    double y(double x, double y) {
        return sine * x + cosine * (mirrored ? -y : y);
    }
}
