package weft.scorer;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import weft.kafka.service.SteadyClock;

/// Kafka Streams' time, which never steps.
///
/// Streams commits and punctuates by the wall clock's differences: set back by an hour, it would do neither for an
/// hour, and the open transaction would be aborted.
final class SteadyTime implements Time {
    private final SteadyClock clock = SteadyClock.from(Clock.systemUTC());

    @Override
    public long milliseconds() {
        return clock.millis();
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        Time.SYSTEM.waitObject(object, condition, Time.SYSTEM.milliseconds() + deadlineMillis - milliseconds());
    }
}
