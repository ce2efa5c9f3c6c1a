package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Set<Long> NONE = Set.of();

    @Test
    void theNewest64StayAndEachEpochsEndAndWhatWasDeployed() {
        History history = new History(1_000_000);
        IntStream.rangeClosed(1, 100).forEach(number -> add(history, number, number == 10));
        assertThat(history.prune(Set.of(3L), Set.of(20L)))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 36)
                        .filter(number -> number != 10 && number != 3 && number != 20)
                        .mapToObj(Long::toString)
                        .toList());
        assertThat(history.size()).isEqualTo(67);
        assertThat(history.prune(Set.of(3L), Set.of(20L))).isEmpty();
    }

    @Test
    void beyondTheBytesTheOldestGoesFirstAndWhatWasDeployedAfterIt() {
        History history = new History(400);
        IntStream.rangeClosed(1, 8).forEach(number -> add(history, number, number == 1));
        assertThat(history.prune(Set.of(3L), Set.of(1L, 2L))).containsExactlyInAnyOrder("4", "5", "6", "7");
        assertThat(history.prune(NONE, NONE)).isEmpty();
        add(history, 9, false);
        assertThat(history.prune(NONE, Set.of(1L, 2L))).containsExactly("3");
    }

    @Test
    void theNewestAndWhatServesByItsNumberStayHoweverLargeTheyAre() {
        History history = new History(1);
        IntStream.rangeClosed(1, 3).forEach(number -> add(history, number, false));
        assertThat(history.prune(Set.of(1L), Set.of(2L))).containsExactly("2");
        assertThat(history.size()).isEqualTo(2);
    }

    @Test
    void whatIsPublishedOnceMoreReplacesItself() {
        History history = new History(100);
        add(history, 1, false);
        add(history, 1, true);
        assertThat(history.prune(NONE, NONE)).isEmpty();
        assertThat(history.size()).isEqualTo(1);
    }

    private static void add(History history, long number, boolean epochEnd) {
        history.add(new History.Version(Long.toString(number), number, 100, epochEnd));
    }
}
