package weft.scorer.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentAssignmentsTest {
    private final RecentAssignments recent = new RecentAssignments(10_000);

    private void put(String image, String pipeline, String json) {
        recent.put(image, pipeline, json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> of(String image) {
        return recent.of(image).stream()
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anImageHasTheNewestOfEveryPipeline() {
        put("a", "raw", "1");
        put("a", "ae", "2");
        put("b", "ae", "3");
        put("a", "ae", "4");

        assertThat(of("a")).containsExactly("4", "1");
        assertThat(of("b")).containsExactly("3");
        assertThat(of("c")).isEmpty();
    }

    @Test
    void theLongestUntouchedGoFirstAndTheBoundHolds() {
        put("kept", "ae", "x");
        for (int i = 0; i < 1_000; i++) {
            put("image-" + i, "ae", "x".repeat(100));
            put("kept", "ae", Integer.toString(i));
        }

        assertThat(of("kept")).containsExactly("999");
        assertThat(of("image-999")).hasSize(1);
        assertThat(of("image-900")).isEmpty();
        long left = 0;
        for (int i = 0; i < 1_000; i++) {
            left += of("image-" + i).size();
        }
        // One has 100 bytes and about 318 of overhead.
        assertThat(left).isBetween(20L, 24L);
    }

    @Test
    void oneThatComesAgainAfterOthersIsReplacedAndNotDoubled() {
        for (String version : List.of("1", "2", "3")) {
            put("a", "raw", version);
            put("a", "ae", version);
            put("a", "gmm", version);
            put("b", "raw", version);
        }
        put("a", "ae", "4");
        put("a", "new", "4");

        assertThat(of("a")).containsExactly("4", "3", "4", "3");
        assertThat(of("b")).containsExactly("3");
    }

    @Test
    void whatFollowsOneThatIsNotKeptDoesNotGoToAnother() {
        put("a", "ae", "1");
        put("b", "ae", "x".repeat(20_000));
        put("b", "raw", "2");

        assertThat(of("a")).containsExactly("1");
        assertThat(of("b")).containsExactly("2");
    }

    @Test
    void oneThatIsLargerThanTheBoundIsNotKept() {
        put("a", "ae", "x".repeat(20_000));

        assertThat(of("a")).isEmpty();
        put("b", "ae", "y");
        assertThat(of("b")).containsExactly("y");
    }
}
