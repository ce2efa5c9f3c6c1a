package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import weft.kafka.service.Silence.Cause;

class SilenceTest {
    private static final TopicPartition FIRST = new TopicPartition("weft.images", 0);
    private static final TopicPartition SECOND = new TopicPartition("weft.images", 1);
    private static final Cause FEW = new Cause("images", "120 of 512");

    private final List<String> told = new ArrayList<>();
    private long nanos;
    private final Silence silence = new Silence(
            KafkaConnection.to("127.0.0.1:1", Map.of()),
            new Silence.Watched(List.of("weft.images"), _ -> Optional.empty(), told::add),
            () -> nanos);

    private void after(int seconds, Cause... causes) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        silence.note(List.of(causes));
    }

    @Test
    void aCauseIsToldOnceAfterTenSecondsWithTheFiguresOfThen() {
        after(0, FEW);
        after(9, FEW);
        assertThat(told).isEmpty();
        assertThat(silence.report()).isEmpty();
        after(1, new Cause("images", "130 of 512"));
        after(1, new Cause("images", "140 of 512"));
        assertThat(told).containsExactly("130 of 512");
        assertThat(silence.report()).contains("140 of 512");
        after(1);
        assertThat(silence.report()).isEmpty();
    }

    @Test
    void whatIsOverForAMomentBeginsAnew() {
        after(0, FEW);
        after(6);
        after(0, FEW);
        after(9, FEW);
        assertThat(told).isEmpty();
        after(1, FEW);
        assertThat(told).hasSize(1);
    }

    @Test
    void theMostTellingIsToldAndTheNextOnceThatIsOver() {
        Cause open = new Cause("open", "a transaction");
        after(0, open, FEW);
        after(10, open, FEW);
        assertThat(told).containsExactly("a transaction");
        after(1, FEW);
        assertThat(told).containsExactly("a transaction", "120 of 512");
    }

    @Test
    void whatIsBehindAnOpenTransactionIsNamedByPartitionAndPlace() {
        List<Cause> causes = Silence.open(Map.of(FIRST, 500L, SECOND, 7L), Map.of(FIRST, 120L, SECOND, 9L));
        assertThat(causes).hasSize(1);
        assertThat(causes.getFirst().text())
                .startsWith("waiting for what weft.images-0 has from offset 120 to 500: a transaction is open there");
        assertThat(Silence.open(Map.of(FIRST, 600L), Map.of(FIRST, 120L))
                        .getFirst()
                        .kind())
                .as("more behind the same transaction")
                .isEqualTo(causes.getFirst().kind());
        assertThat(Silence.open(Map.of(FIRST, 600L), Map.of(FIRST, 121L))
                        .getFirst()
                        .kind())
                .as("another transaction")
                .isNotEqualTo(causes.getFirst().kind());
    }
}
