package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// In a process of its own: a thread that has stepped back cannot come forward again.
@EnabledOnOs(OS.LINUX)
class CompilerFirstTest {
    /// Lets its threads step back and says what each has then, `NAME=NICE`.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            if (CompilerFirst.stepBack(3) < 1) {
                throw new IllegalStateException("no thread has stepped back");
            }
            Thread later = Thread.ofPlatform().name("started-later").unstarted(Child::tell);
            later.start();
            later.join();
        }

        private static void tell() {
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                for (Path thread : threads.toList()) {
                    // Behind the name, which may hold anything: state is the first field and nice the seventeenth.
                    String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    List<String> fields =
                            List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
                    System.out.println(name + "=" + fields.get(16));
                }
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    }

    @Test
    void allThreadsStepBackButTheJvmsOwn() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (Stream<String> output = child.inputReader(StandardCharsets.UTF_8).lines()) {
            lines = output.filter(line -> line.contains("=")).toList();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
        Map<String, String> nice = lines.stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (one, _) -> one));
        assertThat(nice)
                .containsEntry("java", "3") // the main thread
                .containsEntry("started-later", "3")
                .containsEntry("C1 CompilerThre", "0")
                .containsEntry("C2 CompilerThre", "0")
                .containsEntry("GC Thread#0", "0")
                .containsEntry("VM Thread", "0");
    }
}
