package weft.standalone.page;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running `weft up` on free ports, as a user starts it.
final class UpProcess implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("live page: (http://127\\.0\\.0\\.1:\\d+/)");

    private final Process process;
    private final Path log;

    private UpProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static UpProcess start(Path folder, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("weft.jvm.flags").split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "weft.standalone.Main", "up"));
        command.addAll(List.of("--dir", folder.resolve("state").toString(), "--kafka-port", "0"));
        command.addAll(List.of("--metrics-port", "0", "--port", "0"));
        command.addAll(List.of(more));
        Path log = folder.resolve("up.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new UpProcess(process, log);
    }

    /// The page's address, once it is told.
    String page() {
        return await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(this::told, told -> !told.isEmpty());
    }

    private String told() throws IOException {
        Matcher matcher = PAGE.matcher(Files.readString(log));
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException fault) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
