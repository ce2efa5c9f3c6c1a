package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole run, with a real broker, in surroundings that must not be seen in what it prints.
@Tag("system")
class SurroundingsTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> surroundings() {
        return Stream.of(
                // CLASSIC in small letters has no dots there, and classic in capitals has one.
                Arguments.of(Map.of(), List.of("-Duser.language=tr", "-Duser.country=TR")),
                // Digits of its own.
                Arguments.of(
                        Map.of(), List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab")),
                // A decimal comma, for formats alone.
                Arguments.of(
                        Map.of("TZ", "Asia/Kathmandu"),
                        List.of("-Duser.language.format=de", "-Duser.country.format=DE")),
                Arguments.of(
                        Map.of("TERM", "dumb", "COLUMNS", "7", "TMPDIR", "/no/such/folder"),
                        List.of(
                                "-Duser.language=hi",
                                "-Duser.country=IN",
                                "-Duser.extensions=u-nu-deva",
                                "-Dfile.encoding=COMPAT")));
    }

    @ParameterizedTest
    @MethodSource("surroundings")
    void aRunPrintsAsciiDigitsAndDots(Map<String, String> environment, List<String> options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("up", "--once", "--limit", "1000"));
        arguments.addAll(List.of(
                "--pipelines", "raw-kmeans-10", "--dir", folder.resolve("state").toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--metrics-port", "0", "--port", "0"));
        try (WeftProcess up = WeftProcess.start(folder.resolve("up.log"), environment, options, arguments)) {
            assertThat(up.await()).as(up.log()).isZero();
            assertThat(up.log())
                    .containsPattern("raw-kmeans-10 +train +\\d+ +0\\.\\d{4} ")
                    .containsPattern("images/s; latency p50 [0-9]+ ms")
                    .matches(text -> text.codePoints().noneMatch(c -> c > 127 && Character.isDigit(c)), "ASCII digits");
        }
    }
}
