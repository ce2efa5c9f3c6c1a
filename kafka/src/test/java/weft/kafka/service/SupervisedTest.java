package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The lives of a part while Kafka comes and goes, without a clock that runs.
@Execution(ExecutionMode.CONCURRENT)
class SupervisedTest {
    private final Trouble trouble =
            new Trouble("part", Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private long nanos;

    private Supervised supervised(Supervised.Birth birth) {
        return new Supervised("part", birth, trouble, _ -> {}, () -> nanos, time -> {
            seen.add(trouble.report().isPresent() ? "trouble" : "well");
            pauses.add(time);
        });
    }

    /// A life that ends as the next of these says: done, or by a fault in its first round.
    private Supervised.Birth lives(Deque<Object> ends, Duration length) {
        return () -> new Supervised.Life() {
            @Override
            public boolean round() {
                nanos += length.toNanos();
                if (ends.removeFirst() instanceof RuntimeException fault) {
                    throw fault;
                }
                return false;
            }

            @Override
            public void close() {
                seen.add("closed");
            }
        };
    }

    @Test
    void aFaultThatPassesEndsALifeAndTheNextBeginsAfterAPause() {
        supervised(lives(
                        new ArrayDeque<>(List.of(new TimeoutException("a"), new TimeoutException("b"), "done")),
                        Duration.ZERO))
                .run();

        assertThat(seen).containsExactly("closed", "trouble", "closed", "trouble", "closed");
        assertThat(trouble.report()).isEmpty();
    }

    @Test
    void pausesGrowToTenSecondsWhileLivesAreShort() {
        Deque<Object> ends = new ArrayDeque<>();
        for (int i = 0; i < 7; i++) {
            ends.add(new TimeoutException("away"));
        }
        ends.add("done");

        supervised(lives(ends, Duration.ofSeconds(1))).run();

        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    }

    @Test
    void aLongLifeMakesTheNextPauseShort() {
        Deque<Object> ends = new ArrayDeque<>(
                List.of(new TimeoutException("a"), new TimeoutException("b"), new TimeoutException("c"), "done"));

        supervised(lives(ends, Duration.ofSeconds(30))).run();

        assertThat(pauses).extracting(Duration::toMillis).containsOnly(500L);
    }

    @Test
    void aFaultThatLastsEndsTheWork() {
        Supervised supervised =
                supervised(lives(new ArrayDeque<>(List.of(new AuthorizationException("no"))), Duration.ZERO));

        assertThatThrownBy(supervised::run).isInstanceOf(AuthorizationException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatCannotBeginIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();

        supervised(() -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new TimeoutException("no broker");
                    }
                    return lives(new ArrayDeque<>(List.of("done")), Duration.ZERO)
                            .begin();
                })
                .run();

        assertThat(tries).hasValue(3);
        assertThat(seen).containsExactly("trouble", "trouble", "closed");
    }

    @Test
    @Timeout(60)
    void closeEndsABirthThatWaitsForKafka() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> failures = new ArrayList<>();
        Supervised supervised = Supervised.start(
                "waits",
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException fault) {
                        throw new InterruptException(fault);
                    }
                    throw new IllegalStateException("never");
                },
                trouble,
                failures::add);
        begun.await();

        supervised.close();

        assertThat(supervised.alive()).isFalse();
        assertThat(failures).isEmpty();
    }

    @Test
    @Timeout(60)
    void closeEndsThePauseBetweenTwoLives() throws InterruptedException {
        CountDownLatch tried = new CountDownLatch(3);
        Supervised supervised = Supervised.start(
                "backs off",
                () -> {
                    tried.countDown();
                    throw new TimeoutException("away");
                },
                trouble,
                _ -> {});
        tried.await();

        supervised.close();

        assertThat(supervised.alive()).isFalse();
        assertThat(trouble.report())
                .hasValueSatisfying(text -> assertThat(text)
                        .isEqualTo("part in trouble with Kafka since 2026-01-01T00:00:00Z: TimeoutException: away"));
    }
}
