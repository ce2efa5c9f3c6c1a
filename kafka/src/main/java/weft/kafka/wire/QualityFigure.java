package weft.kafka.wire;

/// A running figure of a pipeline: its name, its type and its meaning.
///
/// [QualityFigures] lists all that Weft has. A clusterer adds the one that it optimises, a number under a name of its
/// own.
///
/// @param name in the JSON of the quality topic
/// @param meaning one phrase for people, as in docs/quality.md
public record QualityFigure(String name, Type type, String meaning) {
    /// Which values a figure takes.
    public enum Type {
        /// A whole number of at least 0, written as one.
        COUNT,
        /// Any finite number, never written as a whole one.
        NUMBER
    }

    /// A figure with its value; one that the figure cannot have is refused.
    public record Measured(QualityFigure figure, double value) {
        public Measured {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(figure.name + " must be a finite number, not " + value);
            }
            if (figure.type == Type.COUNT && (value < 0 || value != Math.rint(value))) {
                throw new IllegalArgumentException(figure.name + " must be a whole number from 0, not " + value);
            }
        }

        /// The figure's name.
        public String name() {
            return figure.name;
        }
    }

    /// This figure with a value.
    ///
    /// @throws IllegalArgumentException where it cannot have it
    public Measured of(double value) {
        return new Measured(this, value);
    }
}
