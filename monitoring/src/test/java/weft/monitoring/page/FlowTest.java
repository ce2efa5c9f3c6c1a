package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Rates and latencies.
class FlowTest {
    @Test
    void aRateIsWhatCameInTheLastSeconds() {
        Flow flow = new Flow();
        for (int second = 0; second <= 60; second++) {
            flow.read(Seen.NOW.plusSeconds(second), second < 30 ? 100.0 * second : 3_000 + 1_000.0 * (second - 30));
        }
        assertThat(flow.perSecond(Seen.NOW.plusSeconds(60))).isCloseTo(1_000, within(1e-9));
    }

    @Test
    void whatDoesNotMoveIsStill() {
        Flow flow = new Flow();
        flow.read(Seen.NOW, 0);
        flow.read(Seen.NOW.plusSeconds(1), 500);
        assertThat(flow.perSecond(Seen.NOW.plusSeconds(2))).isEqualTo(500);
        assertThat(flow.perSecond(Seen.NOW.plusSeconds(30))).isZero();
    }

    @Test
    void aCountThatFallsIsAnotherStreams() {
        Flow flow = new Flow();
        flow.read(Seen.NOW, 70_000);
        flow.read(Seen.NOW.plusSeconds(1), 100);
        assertThat(flow.perSecond(Seen.NOW.plusSeconds(1))).isZero();
    }

    @Test
    void aClockThatWasSetBackBeginsAnew() {
        Flow flow = new Flow();
        flow.read(Seen.NOW, 0);
        flow.read(Seen.NOW.plusSeconds(1), 500);
        assertThat(flow.perSecond(Seen.NOW.minusSeconds(3_600))).isZero();
        flow.read(Seen.NOW.minusSeconds(3_600), 1_000);
        flow.read(Seen.NOW.minusSeconds(3_599), 1_700);
        assertThat(flow.perSecond(Seen.NOW.minusSeconds(3_599))).isEqualTo(700);
    }

    @Test
    void quantilesAreOfTheLastLatencies() {
        Flow.Latencies latencies = new Flow.Latencies(100);
        assertThat(latencies.quantile(0.5)).isNaN();
        for (int i = 0; i < 300; i++) {
            latencies.add(Duration.ofMillis(i));
        }
        assertThat(latencies.quantile(0)).isCloseTo(0.200, within(1e-9));
        assertThat(latencies.quantile(0.5)).isCloseTo(0.250, within(1e-9));
        assertThat(latencies.quantile(0.99)).isCloseTo(0.299, within(1e-9));
    }
}
