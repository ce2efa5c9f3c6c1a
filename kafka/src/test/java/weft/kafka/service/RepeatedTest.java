package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Work with an end while Kafka comes and goes.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class RepeatedTest {
    private final Trouble trouble = new Trouble("work", Clock.systemUTC());
    private final AtomicInteger times = new AtomicInteger();

    @Test
    void workThatIsBrokenOffBeginsAgain() throws InterruptedException {
        assertThat(Repeated.run("work", trouble, () -> false, () -> {
                    if (times.incrementAndGet() < 3) {
                        throw new TimeoutException("Kafka is away");
                    }
                    assertThat(trouble.report()).isPresent();
                    return "done";
                }))
                .contains("done");
        assertThat(times).hasValue(3);
        assertThat(trouble.report()).isEmpty();
    }

    @Test
    void whatDoesNotPassEndsIt() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Repeated.run("work", trouble, () -> false, () -> {
                    times.incrementAndGet();
                    throw new UserError("there is no model");
                }))
                .withMessage("there is no model");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Repeated.run("work", trouble, () -> false, () -> {
                    throw new AssertionError("a fault of the program");
                }))
                .withMessage("work failed: AssertionError: a fault of the program");
        assertThat(times).hasValue(1);
    }

    @Test
    void whoStopsItGetsNothing() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThat(Repeated.run("work", trouble, () -> working.getCount() == 0, () -> {
                    working.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return "done";
                    } finally {
                        interrupted.countDown();
                    }
                }))
                .isEmpty();
        interrupted.await();
        assertThat(trouble.report()).isEmpty();
    }
}
