package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Main files stay small: none over 300 lines, half of them at most 90.
class SizesTest {
    private static final int MOST = 300;
    private static final int MEDIAN = 90;

    @Test
    void mainFilesAreSmall() throws IOException {
        Map<Path, Integer> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."), 20)) {
            for (Path file : files.filter(SizesTest::isMain).toList()) {
                sizes.put(file, Files.readAllLines(file).size());
            }
        }
        assertThat(sizes)
                .allSatisfy((file, lines) ->
                        assertThat(lines).as("lines of %s", file).isLessThanOrEqualTo(MOST));
        assertThat(sizes).hasSizeGreaterThan(100);
        List<Integer> sorted = sizes.values().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThanOrEqualTo(MEDIAN);
    }

    private static boolean isMain(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/main/java/") && path.endsWith(".java") && !path.endsWith("package-info.java");
    }
}
