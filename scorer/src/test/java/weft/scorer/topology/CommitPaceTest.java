package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long NOW = 1_000_000;

    private final MockProcessorContext<byte[], byte[]> task = new MockProcessorContext<>();
    private final CommitPace pace = new CommitPace(task);

    @Test
    void whoKeepsUpCommitsATenthOfASecondLaterOnceForAllThatIsDoneByThen() {
        pace.processed(NOW - 10, NOW);
        pace.processed(NOW - 10, NOW + 50);
        assertThat(task.scheduledPunctuators())
                .extracting(CapturedPunctuator::getInterval)
                .containsExactly(Duration.ofMillis(100));
        assertThat(task.committed()).isFalse();

        CapturedPunctuator first = task.scheduledPunctuators().getFirst();
        first.getPunctuator().punctuate(NOW + 100);
        assertThat(task.committed()).isTrue();
        assertThat(first.cancelled())
                .as("nothing is committed where nothing is done")
                .isTrue();

        pace.processed(NOW + 190, NOW + 200);
        assertThat(task.scheduledPunctuators())
                .extracting(CapturedPunctuator::cancelled)
                .containsExactly(true, false);
    }

    @Test
    void whoIsASecondBehindLeavesItToTheInterval() {
        pace.processed(NOW - 1_000, NOW);
        assertThat(task.scheduledPunctuators()).isEmpty();
        pace.processed(NOW - 999, NOW);
        assertThat(task.scheduledPunctuators()).hasSize(1);
    }

    @Test
    void whatReadersWaitForIsCommittedAtOnceButForWhoIsBehindOnceAlone() {
        pace.atOnce(NOW - 60_000, NOW);
        assertThat(task.committed()).isTrue();
        task.resetCommit();
        pace.atOnce(NOW - 60_000, NOW);
        assertThat(task.committed()).isFalse();
        pace.atOnce(NOW - 10, NOW);
        assertThat(task.committed()).isTrue();
    }

    @Test
    void closedItForgetsWhatWasDue() {
        pace.processed(NOW, NOW);
        pace.close();
        assertThat(task.scheduledPunctuators().getFirst().cancelled()).isTrue();
        assertThat(task.committed()).isFalse();
    }
}
