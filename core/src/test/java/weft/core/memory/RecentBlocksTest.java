package weft.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentBlocksTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> oldestFirst(RecentBlocks blocks) {
        List<String> all = new ArrayList<>();
        blocks.oldestFirst((key, content) ->
                all.add(new String(key, StandardCharsets.UTF_8) + "=" + new String(content, StandardCharsets.UTF_8)));
        return all;
    }

    @Test
    void theLongestUntouchedGoFirst() {
        RecentBlocks blocks = new RecentBlocks(3);
        for (String key : List.of("a", "b", "c", "a", "d")) {
            blocks.put(bytes(key), bytes("of " + key), 1);
        }

        assertThat(oldestFirst(blocks)).containsExactly("c=of c", "a=of a", "d=of d");
        assertThat(blocks.get(bytes("b"))).isEmpty();
        assertThat(blocks.size()).isEqualTo(3);
    }

    @Test
    void theNewestIsReplacedWhereItLies() {
        RecentBlocks blocks = new RecentBlocks(10);
        for (int i = 0; i < 1_000_000; i++) {
            blocks.put(bytes("camera"), bytes("picture " + i), 1);
        }

        assertThat(oldestFirst(blocks)).containsExactly("camera=picture 999999");
        assertThat(blocks.bytesTaken()).isEqualTo(ByteLog.PIECE_BYTES);
    }

    @Test
    void oneThatIsTooHeavyIsNotKeptAndTheOthersStay() {
        RecentBlocks blocks = new RecentBlocks(10);
        blocks.put(bytes("a"), bytes("1"), 4);
        blocks.put(bytes("b"), bytes("2"), 4);
        blocks.put(bytes("a"), bytes("3"), 11);

        assertThat(oldestFirst(blocks)).containsExactly("b=2");
    }

    @Test
    void onlyTheBlockThatCameLastIsExtended() {
        RecentBlocks blocks = new RecentBlocks(10);
        assertThat(blocks.extend(bytes("?"), 1)).isFalse();
        blocks.put(bytes("a"), bytes("1"), 4);
        blocks.put(bytes("b"), bytes("2"), 2);
        assertThat(blocks.extend(bytes("3"), 8)).isTrue();

        // For what was added the oldest had to go; there is no room for more.
        assertThat(oldestFirst(blocks)).containsExactly("b=23");
        assertThat(blocks.extend(bytes("4"), 1)).isFalse();
        blocks.put(bytes("c"), bytes("5"), 11);
        assertThat(blocks.extend(bytes("6"), 0)).isFalse();
        assertThat(oldestFirst(blocks)).containsExactly("b=23");
    }

    @Test
    void whatIsNeverTouchedStaysWhileOthersAreReplacedForEver() {
        RecentBlocks blocks = new RecentBlocks(1_000);
        blocks.put(bytes("still"), bytes("here"), 1);
        for (int i = 0; i < 200_000; i++) {
            blocks.put(bytes("key " + i % 20), new byte[1_000], 1);
        }

        assertThat(blocks.get(bytes("still"))).contains(bytes("here"));
        assertThat(blocks.size()).isEqualTo(21);
        // 21 kB are kept, the log may be twice as long and a piece more, and pieces are cut at both ends.
        assertThat(blocks.bytesTaken()).isLessThanOrEqualTo(5L * ByteLog.PIECE_BYTES);
    }

    @Test
    void aSteadyStreamTakesNoMoreMemoryThanItsWindow() {
        RecentBlocks blocks = new RecentBlocks(1_000);
        for (int i = 0; i < 100_000; i++) {
            blocks.put(bytes("i" + i), new byte[1_000], 1);
        }

        assertThat(blocks.bytesTaken()).isBetween(1_000_000L, 1_000_000L + 4 * ByteLog.PIECE_BYTES);
    }

    /// The same as a linked map, whatever comes; blocks longer than a piece of memory among them.
    @ParameterizedTest
    @CsvSource({"50, 40, 300", "1000, 100, 50", "300, 4000, 5", "20, 30, 150000", "1, 3, 100"})
    void holdsWhatALinkedMapWouldHold(int most, int keys, int longest) {
        Random random = new Random(most);
        RecentBlocks blocks = new RecentBlocks(most);
        LinkedHashMap<String, byte[]> expected = new LinkedHashMap<>();
        LinkedHashMap<String, Integer> weights = new LinkedHashMap<>();
        for (int i = 0; i < (longest > 10_000 ? 1_000 : 20_000); i++) {
            String key = "k".repeat(random.nextInt(3)) + random.nextInt(keys);
            byte[] content = new byte[random.nextInt(longest)];
            random.nextBytes(content);
            int weight = 1 + random.nextInt(random.nextInt(50) == 0 ? most : Math.max(1, most / 20));
            expected.remove(key);
            weights.remove(key);
            expected.put(key, content);
            weights.put(key, weight);
            while (weights.values().stream().mapToInt(Integer::intValue).sum() > most) {
                expected.pollFirstEntry();
                weights.pollFirstEntry();
            }
            int first = random.nextInt(content.length + 1);
            int firstWeight = random.nextInt(weight + 1);
            blocks.put(bytes(key), Arrays.copyOf(content, first), firstWeight);
            // The rest is added, or the whole put in anew where the block is gone.
            if (!blocks.extend(Arrays.copyOfRange(content, first, content.length), weight - firstWeight)) {
                blocks.put(bytes(key), content, weight);
            }
            assertThat(blocks.size()).isEqualTo(expected.size());
            assertThat(blocks.get(bytes(key))).contains(content);
        }
        List<String> names = new ArrayList<>();
        blocks.oldestFirst((key, content) -> {
            names.add(new String(key, StandardCharsets.UTF_8));
            assertThat(content).isEqualTo(expected.get(names.getLast()));
        });
        assertThat(names).containsExactlyElementsOf(expected.keySet());
        for (int i = 0; i < keys; i++) {
            assertThat(blocks.get(bytes("k" + i)).isPresent()).isEqualTo(expected.containsKey("k" + i));
        }
    }
}
