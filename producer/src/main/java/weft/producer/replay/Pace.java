package weft.producer.replay;

import java.util.function.BooleanSupplier;

/// How fast a replay goes.
///
/// @param perSecond images a second, at most; 0 for as fast as it goes
/// @param ready whether those are ready who take the images: until then a replay as fast as it goes holds back
public record Pace(double perSecond, BooleanSupplier ready) {
    /// Images a second meanwhile. At full speed the replay would take the cores from those that are getting ready, and
    /// its images would wait on the topic.
    static final double MEANWHILE = 2_000;

    /// That many images a second from the first one on.
    public static Pace of(double perSecond) {
        return new Pace(perSecond, () -> true);
    }

    /// The same, as soon as somebody is ready.
    public Pace once(BooleanSupplier someReady) {
        return new Pace(perSecond, someReady);
    }

    /// Whether there is no bound but that somebody must be ready.
    boolean fullSpeed() {
        return perSecond == 0;
    }
}
