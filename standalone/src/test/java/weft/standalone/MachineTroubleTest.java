package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the machine lacks is named before the process ends.
@Tag("system")
class MachineTroubleTest {
    @TempDir
    private Path folder;

    /// A limit on the size of files stands for a full disk: both fail in the middle of a write.
    @Test
    void aDiskThatTakesNoMore() throws Exception {
        List<String> limited = List.of("bash", "-c", "ulimit -f 12288; exec \"$@\"", "limited");
        List<String> arguments = List.of(
                "up",
                "--once",
                "--pipelines",
                "raw-kmeans-10",
                "--dir",
                folder.resolve("state").toString(),
                "--kafka-port",
                "0",
                "--metrics-port",
                "0",
                "--port",
                "0");
        try (WeftProcess up = WeftProcess.start(folder.resolve("up.log"), Map.of(), limited, List.of(), arguments)) {
            assertThat(up.await()).as(up.log()).isEqualTo(1);
            assertThat(up.log())
                    .contains("(IOException: File too large)")
                    .endsWith("weft: the Kafka broker failed and ended this process: the lines above say why\n")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aHeapThatIsTooSmall() throws Exception {
        List<String> arguments = List.of(
                "broker", "--dir", folder.resolve("state").toString(), "--kafka-port", "0", "--metrics-port", "0");
        try (WeftProcess broker =
                WeftProcess.start(folder.resolve("broker.log"), Map.of(), List.of("-Xmx14m"), arguments)) {
            assertThat(broker.await()).as(broker.log()).isEqualTo(3);
            assertThat(broker.log())
                    .contains("Terminating due to java.lang.OutOfMemoryError")
                    .doesNotContain("\tat ");
        }
    }
}
