package weft.kafka.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weft.core.image.Shape;

/// Runs the folder of case files that `src/test/python/content_cases.py` writes.
class ContentCasesTest {
    private static final Path CASES = Path.of("src/test/resources/weft/kafka/content/cases");
    private static final Map<String, String> TYPES = Map.of(
            "octet-stream", "application/octet-stream",
            "json", "application/json",
            "png", "image/png",
            "jpeg", "image/jpeg",
            "webp", "image/webp");

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        try (var files = Files.list(CASES)) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> run(file)))
                    .toList();
            assertThat(tests).hasSizeGreaterThan(50);
            return tests;
        }
    }

    private static void run(Path file) throws IOException {
        String[] name = String.valueOf(file.getFileName()).split("\\.", -1);
        ContentDecoder decoder = new ContentDecoder(Shape.parse(name[0]));
        @Nullable String type = TYPES.get(name[1]);
        byte[] content = Files.readAllBytes(file);
        String expected = Files.readString(Path.of(file.toString().replace(".bin", ".expected")))
                .strip();
        if (!expected.startsWith("refused: ")) {
            assertThat(HexFormat.of().formatHex(decoder.decode(type, content))).isEqualTo(expected);
            return;
        }
        String reason = expected.substring("refused: ".length());
        var refusal = assertThatThrownBy(() -> decoder.decode(type, content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
        if (reason.startsWith("*")) {
            refusal.hasMessageStartingWith(reason.substring(1));
        } else {
            refusal.hasMessage(reason);
        }
    }

    @Test
    void parametersAndCapitalsOfATypeMeanNothing() {
        byte[] content = "[7]".getBytes(StandardCharsets.US_ASCII);

        assertThat(new ContentDecoder(Shape.parse("1x1")).decode("Application/JSON; charset=utf-8", content))
                .containsExactly(7);
    }

    @Test
    void anUnknownTypeIsShownWithinBounds() {
        assertThatThrownBy(() -> new ContentDecoder(Shape.parse("1x1")).decode("x\n".repeat(1000), new byte[1]))
                .hasMessageEndingWith("not '" + "x?".repeat(20) + "…'");
    }
}
