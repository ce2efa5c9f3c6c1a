package weft.producer.drift;

import java.math.BigDecimal;
import java.math.MathContext;

/// One change of the stream, as the command line asks for it.
public sealed interface Drift {
    When when();

    /// Reads what the command line says: `rotate@30000+5000:25`, `share@30000:9:.1`.
    ///
    /// @throws IllegalArgumentException that names the bad value
    static Drift parse(String text) {
        return DriftParser.parse(text.strip());
    }

    /// A change of the images' values.
    record OfValues(Effect effect, double amount, When when) implements Drift {
        @Override
        public String toString() {
            return effect + "@" + when + ":" + text(amount);
        }
    }

    /// A change of what classes there are.
    ///
    /// @param name of the class, or its index
    /// @param share of the stream for [Kind#SHARE], else of no meaning
    record OfClasses(Kind kind, String name, double share, When when) implements Drift {
        /// What happens to the class.
        public enum Kind {
            /// It is left out.
            WITHOUT,
            /// All others are left out.
            ONLY,
            /// It makes up a share of the stream.
            SHARE
        }

        OfClasses named(String other) {
            return new OfClasses(kind, other, share, when);
        }

        @Override
        public String toString() {
            return DriftParser.id(kind) + "@" + when + ":" + name + (kind == Kind.SHARE ? ":" + text(share) : "");
        }
    }

    /// A number as people write it.
    static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// The same with six significant digits at most.
    static String rounded(double value) {
        return new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
