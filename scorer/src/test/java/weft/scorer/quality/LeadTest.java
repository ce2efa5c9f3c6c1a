package weft.scorer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;

class LeadTest {
    private final Random random = new Random(7);

    /// Of a share p of n images the standard deviation is √(p(1−p)/n), of the difference of two √2 times that; 95 % of
    /// a normal distribution lie within 1.96 of them.
    @Test
    void theIntervalIsAsWideAsTheorySays() {
        ContingencyTable half = ContingencyTable.of(new long[][] {{5_000, 0}, {0, 5_000}});
        Lead lead = Lead.of(half, half, table -> (double) table.clusterSize(0) / table.total(), random);
        double expected = 1.96 * Math.sqrt(2 * .25 / 10_000);
        assertThat(lead.high()).isCloseTo(expected, within(.25 * expected));
        assertThat(lead.low()).isCloseTo(-expected, within(.25 * expected));
        assertThat(lead.real(false)).isFalse();
        assertThat(lead.real(true)).isFalse();
    }

    @Test
    void aLeadBeyondChanceIsRealInItsOwnDirection() {
        ContingencyTable better = ContingencyTable.of(new long[][] {{900, 100}, {100, 900}});
        ContingencyTable worse = ContingencyTable.of(new long[][] {{800, 200}, {200, 800}});
        Lead lead = Lead.of(better, worse, table -> Quality.of(table).homogeneity(), random);
        double difference = Quality.of(better).homogeneity() - Quality.of(worse).homogeneity();
        assertThat(lead.low()).isPositive().isLessThan(difference);
        assertThat(lead.high()).isGreaterThan(difference);
        assertThat(lead.real(false)).isTrue();
        assertThat(lead.real(true)).isFalse();
    }

    @Test
    void theSameLeadOfFewImagesMayBeChance() {
        ContingencyTable better = ContingencyTable.of(new long[][] {{9, 1}, {1, 9}});
        ContingencyTable worse = ContingencyTable.of(new long[][] {{8, 2}, {2, 8}});
        assertThat(Lead.of(better, worse, table -> Quality.of(table).homogeneity(), random)
                        .real(false))
                .isFalse();
    }

    @Test
    void ofAMeanTheMeasurementsAreResampled() {
        List<Double> steady = Collections.nCopies(30, .1);
        assertThat(Lead.of(steady, random).low()).isCloseTo(.1, within(1e-12));
        List<Double> scattered =
                IntStream.range(0, 30).mapToObj(i -> i % 2 == 0 ? 1.1 : -1.).toList();
        assertThat(Lead.of(scattered, random).real(false)).isFalse();
    }
}
