package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.KafkaConnection;

/// Three real brokers, each in a JVM of its own, that can be killed, hung and started again.
final class ThreeBrokers implements AutoCloseable {
    private static final int BROKERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final List<Integer> ports = new ArrayList<>();
    private final List<@Nullable Process> processes = new ArrayList<>();

    private ThreeBrokers(Path folder) {
        this.folder = folder;
    }

    /// Formats their folders, starts them, and waits until all are there.
    static ThreeBrokers start(Path folder) throws Exception {
        ThreeBrokers brokers = new ThreeBrokers(folder);
        List<Integer> controllers = new ArrayList<>();
        for (int i = 0; i < BROKERS; i++) {
            brokers.ports.add(WeftProcess.freePort());
            controllers.add(WeftProcess.freePort());
            brokers.processes.add(null);
        }
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(i -> i + "@127.0.0.1:" + controllers.get(i))
                .collect(Collectors.joining(","));
        String cluster = Uuid.randomUuid().toString();
        for (int i = 0; i < BROKERS; i++) {
            brokers.configure(i, controllers.get(i), voters);
            brokers.format(i, cluster);
        }
        try {
            for (int i = 0; i < BROKERS; i++) {
                brokers.start(i);
            }
            brokers.awaitAll();
        } catch (Exception | AssertionError fault) {
            brokers.close();
            throw fault;
        }
        return brokers;
    }

    private Path file(int broker) {
        return folder.resolve("broker-" + broker + ".properties");
    }

    private void configure(int broker, int controllerPort, String voters) throws IOException {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(broker));
        p.setProperty("controller.quorum.voters", voters);
        p.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.get(broker) + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("inter.broker.listener.name", "PLAINTEXT");
        p.setProperty("log.dirs", folder.resolve("broker-" + broker).toString());
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("offsets.topic.replication.factor", "3");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "3");
        p.setProperty("transaction.state.log.min.isr", "2");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("default.replication.factor", "3");
        p.setProperty("min.insync.replicas", "2");
        p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        p.setProperty("socket.request.max.bytes", "41943040");
        try (Writer out = Files.newBufferedWriter(file(broker))) {
            p.store(out, null);
        }
    }

    private void format(int broker, String cluster) throws Exception {
        List<String> command = WeftProcess.java();
        command.addAll(List.of("kafka.tools.StorageTool", "format", "-t", cluster, "-c"));
        command.add(file(broker).toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("format-" + broker + ".log").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /// Starts a broker again.
    void start(int broker) throws IOException {
        List<String> command = WeftProcess.java();
        command.add(1, "-Xmx400m");
        command.addAll(List.of("kafka.Kafka", file(broker).toString()));
        processes.set(
                broker,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                folder.resolve("broker-" + broker + ".log").toFile()))
                        .start());
    }

    /// Waits until every broker is in the cluster.
    void awaitAll() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (Admin admin = KafkaConnection.to(bootstrap(), Map.of()).admin()) {
                return brokers(admin) == BROKERS;
            }
        });
    }

    private static int brokers(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeCluster().nodes().get().size();
    }

    String bootstrap() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /// As `kill -9` does.
    void kill(int broker) throws InterruptedException {
        Process process = processes.get(broker);
        if (process != null) {
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /// Hangs it: its connections stay open, and nothing is answered.
    void hang(int broker) throws Exception {
        Process process = processes.get(broker);
        if (process != null) {
            WeftProcess.signal(process, "STOP");
        }
    }

    void goOn(int broker) throws Exception {
        Process process = processes.get(broker);
        if (process != null) {
            WeftProcess.signal(process, "CONT");
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
