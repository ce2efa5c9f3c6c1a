package weft.kafka.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How long images and assignments are kept, each for itself: what is older or too much is deleted.
///
/// Kafka deletes whole segments, and none that is still written: they are an eighth of what is kept, and the bound
/// of bytes leaves room for one.
///
/// @param time since they were written; empty leaves it as it is, a week where a topic is created
/// @param bytes of images and assignments together, half for each, one copy counted; empty sets no bound
public record Keep(Optional<Duration> time, OptionalLong bytes) {
    /// Sets nothing.
    public static final Keep AS_IT_IS = new Keep(Optional.empty(), OptionalLong.empty());

    /// The shortest time.
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /// The longest time.
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /// The fewest bytes for each partition of the images.
    public static final long FEWEST_BYTES = 32_000_000;

    private static final int SEGMENTS = 8;
    private static final long LARGEST_SEGMENT = 1L << 30;

    public Keep {
        time.ifPresent(wanted -> {
            if (wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "keep must be 1m to " + LONGEST.toDays() + "d, not " + wanted.toSeconds() + "s");
            }
        });
    }

    /// Settings of the topic of the images, or of the assignments.
    ///
    /// @throws IllegalArgumentException where there are too few bytes for that many partitions
    public Map<String, String> config(int partitions) {
        Map<String, String> config = new HashMap<>();
        time.ifPresent(wanted -> {
            config.put("retention.ms", Long.toString(wanted.toMillis()));
            config.put("segment.ms", Long.toString(wanted.toMillis() / SEGMENTS));
        });
        bytes.ifPresent(wanted -> {
            if (wanted < FEWEST_BYTES * partitions) {
                throw new IllegalArgumentException("keep-bytes must be at least "
                        + FEWEST_BYTES / 1_000_000 * partitions
                        + "MB for " + partitions + (partitions == 1 ? " partition" : " partitions") + ", not " + wanted
                        + " bytes");
            }
            long share = wanted / 2 / partitions;
            long segment = Math.min(share / SEGMENTS, LARGEST_SEGMENT);
            config.put("retention.bytes", Long.toString(share - segment));
            config.put("segment.bytes", Long.toString(segment));
        });
        return config;
    }
}
