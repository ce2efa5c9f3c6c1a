package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The prose of the documents is wrapped at 100 columns; tables, code and pictures need not be.
class DocsTest {
    private static final int COLUMNS = 100;

    @Test
    void proseIsWrapped() throws IOException {
        List<Path> documents = documents();
        assertThat(documents).hasSizeGreaterThan(20);
        List<String> wide = new ArrayList<>();
        for (Path document : documents) {
            boolean code = false;
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                code ^= line.strip().startsWith("```");
                boolean prose = !code && !line.startsWith("|") && !line.startsWith("![") && !line.startsWith("<");
                if (prose && line.codePointCount(0, line.length()) > COLUMNS) {
                    wide.add(document.getFileName() + ":" + number);
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(".."));
                Stream<Path> docs = Files.walk(Path.of("../docs"), 3)) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
