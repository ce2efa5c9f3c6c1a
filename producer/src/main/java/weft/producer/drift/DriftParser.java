package weft.producer.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import weft.producer.drift.Drift.OfClasses;

/// Reads `KIND@IMAGE[+RAMP][:ARGUMENTS]`, or the same with the arguments behind the kind:
/// `KIND:ARGUMENTS@IMAGE[+RAMP]`.
final class DriftParser {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,15}\\.?\\d{0,15}|\\.\\d{1,15})");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");

    /// What a drift is made of.
    private record Parts(String whole, String kind, String when, Optional<String> arguments) {}

    private DriftParser() {}

    static Drift parse(String text) {
        Parts parts = split(text);
        for (Effect effect : Effect.values()) {
            if (effect.toString().equals(parts.kind)) {
                return new Drift.OfValues(effect, amount(effect, parts), when(parts));
            }
        }
        for (OfClasses.Kind kind : OfClasses.Kind.values()) {
            if (id(kind).equals(parts.kind)) {
                return ofClasses(kind, parts);
            }
        }
        String known = Stream.concat(
                        Arrays.stream(Effect.values()).map(Effect::toString),
                        Arrays.stream(OfClasses.Kind.values()).map(DriftParser::id))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "unknown kind '" + parts.kind + "' in '" + text + "': it is none of " + known);
    }

    static String id(OfClasses.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Parts split(String text) {
        int kindEnds = 0;
        while (kindEnds < text.length() && "@:".indexOf(text.charAt(kindEnds)) < 0) {
            kindEnds++;
        }
        String kind = text.substring(0, kindEnds);
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' does not say from which image on, as in rotate@30000:25");
        }
        if (text.charAt(kindEnds) == ':') {
            return new Parts(text, kind, text.substring(at + 1), Optional.of(text.substring(kindEnds + 1, at)));
        }
        String rest = text.substring(kindEnds + 1);
        int colon = rest.indexOf(':');
        return colon < 0
                ? new Parts(text, kind, rest, Optional.empty())
                : new Parts(text, kind, rest.substring(0, colon), Optional.of(rest.substring(colon + 1)));
    }

    private static When when(Parts parts) {
        String text = parts.when;
        int plus = text.indexOf('+');
        String image = plus < 0 ? text : text.substring(0, plus);
        String ramp = plus < 0 ? "0" : text.substring(plus + 1);
        return new When(
                count("the image in '" + parts.whole + "'", image), count("the ramp in '" + parts.whole + "'", ramp));
    }

    private static long count(String what, String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " must be a whole number of at least 0, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static double amount(Effect effect, Parts parts) {
        String whole = parts.whole;
        if (parts.arguments.isEmpty() && effect.usual().isPresent()) {
            return effect.usual().getAsDouble();
        }
        String given = parts.arguments.orElseThrow(() -> new IllegalArgumentException("'" + whole + "' needs "
                + effect.unit() + ", as in " + effect + "@30000:" + Drift.text(effect.example())));
        double amount = NUMBER.matcher(given).matches() ? Double.parseDouble(given) : Double.NaN;
        if (!(amount >= effect.least() && amount <= effect.most())) {
            throw new IllegalArgumentException(effect.unit() + " in '" + whole + "' must be "
                    + Drift.text(effect.least()) + " to " + Drift.text(effect.most()) + ", not '" + given + "'");
        }
        return amount;
    }

    private static OfClasses ofClasses(OfClasses.Kind kind, Parts parts) {
        String text = parts.whole;
        String arguments = parts.arguments.orElse("");
        // A name of a class may hold a colon.
        int colon = kind == OfClasses.Kind.SHARE ? arguments.lastIndexOf(':') : arguments.length();
        String name = arguments.substring(0, Math.max(colon, 0));
        if (name.isBlank()) {
            throw new IllegalArgumentException("'" + text + "' needs a class"
                    + (kind == OfClasses.Kind.SHARE
                            ? " and its share, as in share@30000:9:.1"
                            : ", as in " + id(kind) + "@30000:9"));
        }
        When when = when(parts);
        return new OfClasses(
                kind, name, kind == OfClasses.Kind.SHARE ? share(arguments.substring(colon + 1), text) : 0, when);
    }

    private static double share(String text, String whole) {
        double share = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the share in '" + whole + "' must be above 0 and below 1, not '" + text + "'");
        }
        return share;
    }
}
