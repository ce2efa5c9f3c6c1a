package weft.scorer.labels;

import java.time.Duration;

/// How long images and labels wait for each other, and how many of them.
///
/// @param age from the scoring of an image, or the reading of a label
/// @param capacity images, and as many labels, that wait in one task at most; later ones are turned away
public record LabelPolicy(Duration age, int capacity) {
    /// As long as the topics keep them.
    public static final Duration LONGEST = Duration.ofDays(7);

    /// The most that may wait.
    public static final int MOST = 100_000_000;

    /// An hour, and a million images.
    public static final LabelPolicy USUAL = new LabelPolicy(Duration.ofHours(1), 1_000_000);

    public LabelPolicy {
        if (age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("label age must be 1 second to 7 days, not " + age.toMillis() + " ms");
        }
        if (capacity < 1 || capacity > MOST) {
            throw new IllegalArgumentException(
                    "images that wait for labels must be 1 to " + MOST + ", not " + capacity);
        }
    }
}
