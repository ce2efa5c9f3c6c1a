package weft.trainer.drift;

/// What a user may choose about a stream that changes.
///
/// @param falseAlarmEvery images between two false alarms, on average and at least, of a stream that does not change
public record DriftOptions(long falseAlarmEvery, OnDrift onDrift) {
    /// Nothing but a report.
    public static final DriftOptions DEFAULTS = new DriftOptions(1_000_000, OnDrift.REPORT);

    public DriftOptions {
        if (falseAlarmEvery < 1_000) {
            throw new IllegalArgumentException(
                    "drift-false-alarm-every must be at least 1000 images, not " + falseAlarmEvery);
        }
    }
}
