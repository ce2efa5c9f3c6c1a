package weft.producer.drift;

/// Since when a drift changes the stream.
///
/// @param image the first one, counted from 0 as they are sent
/// @param ramp images over which the amount grows from what it was before
public record When(long image, long ramp) {
    public When {
        if (image < 0 || ramp < 0) {
            throw new IllegalArgumentException("image and ramp must be at least 0, not " + image + " and " + ramp);
        }
    }

    /// As on the command line: `30000` or `30000+5000`.
    @Override
    public String toString() {
        return image + (ramp == 0 ? "" : "+" + ramp);
    }
}
