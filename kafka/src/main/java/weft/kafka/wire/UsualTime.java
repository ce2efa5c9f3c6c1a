package weft.kafka.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// The form of a time that Weft itself writes, `2026-11-23T16:31:13.276Z`, without the JDK's formatter: every image has
/// one, and every assignment two.
final class UsualTime {
    private static final String FORM = "dddd-dd-ddTdd:dd:dd.dddZ";
    private static final long DAY = 24 * 60 * 60;

    private UsualTime() {}

    /// Null for every other form, and for what is no time.
    static @Nullable Instant parse(String text) {
        if (!hasForm(text)) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        long date = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                date * DAY + hour * 3_600L + minute * 60L + second, number(text, 20, 23) * 1_000_000L);
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char is = text.charAt(i);
            char wanted = FORM.charAt(i);
            if (wanted == 'd' ? is < '0' || is > '9' : is != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    /// @param time of the years 0 to 9999
    static String text(Instant time) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), DAY));
        int second = (int) Math.floorMod(time.getEpochSecond(), DAY);
        byte[] text = FORM.getBytes(StandardCharsets.ISO_8859_1);
        write(text, 0, 4, date.getYear());
        write(text, 5, 7, date.getMonthValue());
        write(text, 8, 10, date.getDayOfMonth());
        write(text, 11, 13, second / 3_600);
        write(text, 14, 16, second / 60 % 60);
        write(text, 17, 19, second % 60);
        write(text, 20, 23, time.getNano() / 1_000_000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
