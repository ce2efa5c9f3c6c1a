package weft.producer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weft.core.image.Shape;
import weft.kafka.service.UserError;

/// Runs the folder of case files that `src/test/python/bad_data.py` writes: one line that names what is wrong.
class BadDataTest {
    private static final Path CASES = Path.of("src/test/resources/weft/producer/dataset/cases");

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            List<DynamicTest> tests = folders.sorted()
                    .map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> run(folder)))
                    .toList();
            assertThat(tests).hasSizeGreaterThan(70);
            return tests;
        }
    }

    private static void run(Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path options = folder.resolve("options");
        String option = Files.exists(options) ? Files.readString(options).strip() : "";
        String expected = Files.readString(folder.resolve("expected")).strip().replace("DIR", data.toString());
        DataFolder read = new DataFolder(
                data,
                after("shape=", option).map(Shape::parse),
                after("test-share=", option)
                        .map(share -> OptionalDouble.of(Double.parseDouble(share)))
                        .orElse(OptionalDouble.empty()));

        var refusal =
                assertThatThrownBy(read::read).isInstanceOf(UserError.class).hasMessageNotContaining("\n");

        if (expected.startsWith("*")) {
            refusal.hasMessageStartingWith(expected.substring(1));
        } else {
            refusal.hasMessage(expected);
        }
    }

    private static Optional<String> after(String key, String option) {
        return option.startsWith(key) ? Optional.of(option.substring(key.length())) : Optional.empty();
    }
}
