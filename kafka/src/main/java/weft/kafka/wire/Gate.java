package weft.kafka.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// On what a challenger is promoted by itself: `prequentialWindowHomogeneity+0.02 for 20000`.
///
/// @param figure that is compared, in each pipeline that has it
/// @param lead of the challenger's figure over the champion's: at least so much above it, or where it is negative
///     below it
/// @param images that the challenger must judge while it leads all the time
public record Gate(QualityFigure figure, double lead, long images) {
    /// On fewer images no lead is believed.
    public static final long FEWEST = 1_000;

    private static final Pattern FORM =
            Pattern.compile("([a-zA-Z]{1,64})([+-][0-9]{0,9}(?:\\.[0-9]{1,9})?) for ([0-9]{1,12})");

    /// Parses it.
    ///
    /// @throws IllegalArgumentException that says in one line what would do
    public static Gate parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || matcher.group(2).length() < 2) {
            throw new IllegalArgumentException("a gate is FIGURE+LEAD for IMAGES, as"
                    + " 'prequentialWindowHomogeneity+0.02 for 20000' (where lower is better FIGURE-LEAD), not "
                    + Digits.shown(text));
        }
        QualityFigure figure = QualityFigures.all().stream()
                .filter(one -> one.name().equals(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown figure '" + matcher.group(1)
                        + "': docs/quality.md has all, such as prequentialWindowHomogeneity or meanMargin"));
        if (figure.name().toLowerCase(Locale.ROOT).endsWith("images")) {
            throw new IllegalArgumentException(figure.name() + " says how many images, not how good");
        }
        long images = Long.parseLong(matcher.group(3));
        if (images < FEWEST) {
            throw new IllegalArgumentException("a gate needs at least " + FEWEST + " images, not " + images);
        }
        return new Gate(figure, Double.parseDouble(matcher.group(2)), images);
    }

    /// Whether a challenger's figure is so much better than the champion's.
    public boolean leads(double challenger, double champion) {
        double ahead = challenger - champion;
        return falls() ? ahead <= lead : ahead >= lead;
    }

    /// Whether lower is better.
    public boolean falls() {
        return Math.signum(lead) < 0 || 1 / lead < 0;
    }
}
