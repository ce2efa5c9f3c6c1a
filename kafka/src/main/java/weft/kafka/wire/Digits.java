package weft.kafka.wire;

/// Reads whole numbers from foreign programs, in one spelling only: ASCII digits without sign or leading zeros.
///
/// [Integer#parseInt] also takes `+3`, `03` and the digits of every script.
final class Digits {
    private static final int MOST = 9;
    private static final int SHOWN = 20;

    private Digits() {}

    /// Whether [Integer#parseInt] gives the one number that this text is the one spelling of.
    static boolean canonical(String text) {
        int length = text.length();
        if (length == 0 || length > MOST || (length > 1 && text.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// Text for a message of one line: quoted, cut, without control characters.
    static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + start.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", "?") + "'";
    }
}
