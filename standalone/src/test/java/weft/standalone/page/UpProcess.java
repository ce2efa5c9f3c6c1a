package weft.standalone.page;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weft.standalone.WeftProcess;

/// A running `weft up` on free ports, as a user starts it.
final class UpProcess implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("live page: (http://127\\.0\\.0\\.1:\\d+/)");

    private final WeftProcess process;

    private UpProcess(WeftProcess process) {
        this.process = process;
    }

    static UpProcess start(Path folder, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--dir", folder.resolve("state").toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--metrics-port", "0", "--port", "0"));
        arguments.addAll(List.of(more));
        return new UpProcess(WeftProcess.start(folder.resolve("up.log"), arguments));
    }

    /// The page's address, once it is told.
    String page() throws IOException, InterruptedException {
        process.awaitThat(Duration.ofMinutes(2), () -> !told().isEmpty());
        return told();
    }

    private String told() throws IOException {
        Matcher matcher = PAGE.matcher(process.log());
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        process.close();
    }
}
