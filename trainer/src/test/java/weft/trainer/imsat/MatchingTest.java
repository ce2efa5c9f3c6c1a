package weft.trainer.imsat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatchingTest {
    @Test
    void clustersThatAnswerTogetherAreMatchedAtEveryFiftiethStep() {
        int[] turned = {2, 0, 1};
        Probabilities[] answers = {answers(new int[] {0, 1, 2}), answers(turned)};
        Matching matching = new Matching(2, 3);
        matching.add(answers, 1);
        assertThat(matching.partner(0, 1)).containsExactly(0, 1, 2);
        matching.add(answers, 50);
        assertThat(matching.partner(0, 1)).containsExactly(turned);
        assertThat(matching.partner(1, 0)).containsExactly(1, 2, 0);
        assertThat(matching.partner(1, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void oldCountsFade() {
        Matching matching = new Matching(2, 3);
        Probabilities[] then = {answers(new int[] {0, 1, 2}), answers(new int[] {1, 2, 0})};
        Probabilities[] now = {answers(new int[] {0, 1, 2}), answers(new int[] {0, 1, 2})};
        for (int step = 1; step <= 100; step++) {
            matching.add(then, step);
        }
        assertThat(matching.partner(0, 1)).containsExactly(1, 2, 0);
        // .97 to the 30th is .40, so that the new ones weigh more by then.
        for (int step = 121; step <= 150; step++) {
            matching.add(now, step);
        }
        assertThat(matching.partner(0, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void itIsSavedWhole() {
        Matching matching = new Matching(2, 3);
        matching.add(new Probabilities[] {answers(new int[] {0, 1, 2}), answers(new int[] {2, 0, 1})}, 50);
        Matching other = new Matching(2, 3);
        other.restore(matching.save());
        assertThat(other.partner(0, 1)).containsExactly(2, 0, 1);
        assertThat(other.save()).isEqualTo(matching.save());
    }

    /// Three images of three clusters, one each.
    private static Probabilities answers(int[] clusters) {
        Probabilities answers = new Probabilities(3, 3);
        for (int i = 0; i < 3; i++) {
            answers.p[i * 3 + clusters[i]] = 1;
        }
        return answers;
    }
}
