package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `weft` in a JVM of its own, as a user starts it; what it prints is in a file.
public final class WeftProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeftProcess.class);

    private static final int FIRST_PORT = 15_000;

    /// From here on Linux gives ports to whoever asks for any: as `net.ipv4.ip_local_port_range` says.
    private static final int FIRST_GIVEN_PORT = 32_768;

    /// These compute, and their vectors are fast by C2 alone. To the others' short lives C2's work costs more processor
    /// time than all else, and comes too late.
    private static final Set<String> COMPUTING = Set.of("up", "train", "score", "evaluate", "report");

    private final Process process;
    private final Path log;

    private WeftProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts it.
    public static WeftProcess start(Path log, List<String> arguments) throws IOException {
        return start(log, Map.of(), List.of(), arguments);
    }

    /// Starts it on this JVM's own classes: a model says of which version it is, and that of the jars is another one.
    /// For models that are compared with those of this JVM.
    public static WeftProcess startOnClasses(Path log, List<String> arguments) throws IOException {
        return start(log, Map.of(), command(List.of(), arguments, ownClasses()));
    }

    /// Starts it in other surroundings.
    ///
    /// @param environment variables more
    /// @param options of the JVM, as in `WEFT_JAVA_OPTS`
    public static WeftProcess start(
            Path log, Map<String, String> environment, List<String> options, List<String> arguments)
            throws IOException {
        return start(log, environment, List.of(), options, arguments);
    }

    /// The same, by another program.
    ///
    /// @param starter its name and arguments, before those of the JVM
    public static WeftProcess start(
            Path log,
            Map<String, String> environment,
            List<String> starter,
            List<String> options,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(command(options, arguments, BuiltApp.classes(program())));
        return start(log, environment, command);
    }

    private static List<String> command(List<String> options, List<String> arguments, List<String> classes) {
        List<String> command = java(COMPUTING.contains(arguments.getFirst()), classes);
        command.add("-Xmx1g");
        command.addAll(options);
        command.add("weft.standalone.Main");
        command.addAll(arguments);
        return command;
    }

    private static WeftProcess start(Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new WeftProcess(builder.start(), log);
    }

    /// This JVM's program with Weft's classes, for a short life.
    public static List<String> java() {
        return java(false, BuiltApp.classes(program()));
    }

    private static List<String> java(boolean computes, List<String> classes) {
        List<String> command = program();
        String jit = computes ? System.getProperty("weft.kernels.jit", "") : "-XX:TieredStopAtLevel=1";
        if (!jit.isEmpty()) {
            command.addAll(List.of(jit.split(" ")));
        }
        command.addAll(classes);
        return command;
    }

    /// The program and the options that all of them have.
    private static List<String> program() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("weft.jvm.flags").split(" ")));
        command.add("-XX:+UseSerialGC");
        return command;
    }

    private static List<String> ownClasses() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }

    /// A port that nobody listens on now, and that the machine gives to nobody who asks for any before it is listened
    /// on.
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_GIVEN_PORT);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (BindException taken) {
                LOG.debug("port {} is taken", port, taken);
            }
        }
    }

    /// What it has printed.
    public String log() throws IOException {
        return Files.readString(log);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until something of it can be seen; an exception means: not yet.
    ///
    /// Where it ends before, or the time does, the failure shows what it has printed, and where its threads stand.
    public void awaitThat(Duration patience, Callable<Boolean> seen) throws IOException, InterruptedException {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .ignoreExceptions()
                    .failFast("it has ended", () -> !isAlive())
                    .until(seen);
        } catch (ConditionTimeoutException late) {
            if (isAlive()) {
                signal("QUIT");
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("JNI global refs"));
            }
            throw new AssertionError(log(), late);
        } catch (TerminalFailureException ended) {
            throw new AssertionError(log(), ended);
        }
    }

    /// Waits for its end, two minutes at most.
    ///
    /// @return its exit code
    public int await() throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /// The same with more patience.
    public int await(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    /// Sends it a signal, by name.
    public void signal(String name) throws IOException, InterruptedException {
        signal(process, name);
    }

    static void signal(Process process, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /// Ends it as SIGTERM does; says whether it took no more than ten seconds.
    public boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(10, TimeUnit.SECONDS);
    }

    /// Ends it as `kill -9` does.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /// Ends it as SIGTERM does.
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
