package weft.standalone.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.kafka.service.UserError;
import weft.kafka.wire.Keep;

/// How long images and assignments are kept.
final class KeepOptions {
    /// What `up` keeps on a broker of its own.
    static final ByteSize OWN = new ByteSize(20_000_000_000L, "20GB");

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            description = "Of images and assignments since they were written: 90m, 12h, 7d (default: 7d, or as it is)")
    private @Nullable Duration time;

    @Option(
            names = "--keep-bytes",
            paramLabel = "SIZE",
            description =
                    "Of images and assignments together: 500MB, 20GB, 1TB (default: no bound, or as it is; up with"
                            + " its own broker: 20GB)")
    private @Nullable ByteSize size;

    /// What was asked for.
    ///
    /// @param partitions of the images, where they are known
    /// @throws UserError that names the flag and the value
    Keep keep(Optional<Integer> partitions) {
        return keep(size, partitions);
    }

    /// The same for a broker of our own, whose disk is bounded in any case.
    Keep keepOwn(Optional<Integer> partitions) {
        return keep(ownSize(), partitions);
    }

    private ByteSize ownSize() {
        return size != null ? size : OWN;
    }

    private Keep keep(@Nullable ByteSize bytes, Optional<Integer> partitions) {
        try {
            Keep keep = new Keep(
                    Optional.ofNullable(time), bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.bytes()));
            keep.config(partitions.orElse(1));
            return keep;
        } catch (IllegalArgumentException fault) {
            throw new UserError("--" + fault.getMessage(), fault);
        }
    }

    /// How long a broker of our own keeps what comes at that rate.
    ///
    /// @param rate images a second, 0 for as fast as it goes
    String lasts(double rate, Footprint footprint) {
        double images = ownSize().bytes() / 2.0 / Math.max(footprint.image(), footprint.assignments());
        String how = rate == 0
                ? "the last " + rounded(images / 1e6) + " million images"
                : "the last " + time(images / rate) + " at " + rounded(rate) + " images/s";
        return "images and assignments are kept up to " + ownSize() + " (--keep-bytes), which is " + how + ": "
                + footprint;
    }

    private static String time(double seconds) {
        double hours = seconds / 3600;
        if (hours < 1) {
            return rounded(seconds / 60) + " minutes";
        }
        return hours < 48 ? rounded(hours) + " hours" : rounded(hours / 24) + " days";
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
