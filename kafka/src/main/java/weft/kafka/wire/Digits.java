package weft.kafka.wire;

import java.util.regex.Pattern;

/// Reads whole numbers from foreign programs, in one spelling only: ASCII digits without sign or leading zeros.
///
/// [Integer#parseInt] also takes `+3`, `03` and the digits of every script.
final class Digits {
    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int SHOWN = 20;

    private Digits() {}

    /// Whether [Integer#parseInt] gives the one number that this text is the one spelling of.
    static boolean canonical(String text) {
        return CANONICAL.matcher(text).matches();
    }

    /// Text for a message of one line: quoted, cut, without control characters.
    static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + start.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", "?") + "'";
    }
}
