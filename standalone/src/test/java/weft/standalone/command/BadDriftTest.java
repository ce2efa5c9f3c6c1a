package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs the folder of case files, each a call and what it must say: one line that names the bad value, exit code 2.
///
/// PICTURES stands for ten images of two classes, VECTORS for ten vectors without labels.
class BadDriftTest {
    private static final Path CASES = Path.of("src/test/resources/weft/standalone/command/drift-cases");

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        Path pictures = pictures();
        Path vectors = NpyFiles.vectors(folder.resolve("vectors"));
        try (Stream<Path> files = Files.list(CASES)) {
            List<DynamicTest> tests = files.sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            String.valueOf(file.getFileName()), () -> run(Files.readAllLines(file), pictures, vectors)))
                    .toList();
            assertThat(tests).hasSizeGreaterThan(35);
            return tests;
        }
    }

    private void run(List<String> lines, Path pictures, Path vectors) {
        assertThat(lines).hasSize(2);
        List<String> call = new ArrayList<>(List.of(lines.getFirst()
                .replace("PICTURES", pictures.toString())
                .replace("VECTORS", vectors.toString())
                .split(" ")));
        if (call.getFirst().equals("up")) {
            call.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
            call.addAll(List.of("--dir", folder.resolve("state").toString()));
        }

        Captured run = Captured.run(call.toArray(String[]::new));

        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("weft: ").contains(lines.getLast());
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private Path pictures() throws IOException {
        Path data = folder.resolve("pictures");
        for (String label : List.of("bag", "boot")) {
            Path of = Files.createDirectories(data.resolve("train").resolve(label));
            for (int i = 0; i < 5; i++) {
                assertThat(ImageIO.write(
                                new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY),
                                "png",
                                of.resolve(i + ".png").toFile()))
                        .isTrue();
            }
        }
        return data;
    }
}
