package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.admin.ConfigCommand;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.tools.AclCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.standalone.ForeignProgram;
import weft.standalone.WeftProcess;

/// compose/secure.yml and compose/principals.sh against a real broker with their settings: every service does
/// its work with its own rights, and nobody does another's.
@Tag("system")
class SecureComposeTest {
    private static final Path ROOT = Path.of("..");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern SECRET = Pattern.compile("\\$\\{(WEFT_[A-Z]+)_SECRET:\\?[^}]*}");

    /// The ports of the compose network, by what they are here.
    private final Map<String, Integer> ports = new HashMap<>();

    @TempDir
    private Path folder;

    private KafkaRaftServer broker;
    private HttpServer tools;
    private final List<WeftProcess> services = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        ForeignProgram.require("curl");
        tools = serveTools();
        for (String port : List.of("19093", "19092", "9093", "9092")) {
            int free = WeftProcess.freePort();
            while (ports.containsValue(free)) {
                free = WeftProcess.freePort();
            }
            ports.put(port, free);
        }
        Path data = folder.resolve("kafka");
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(Optional.empty())
                .addDirectory(data.toString());
        formatter.run();
        broker = new KafkaRaftServer(KafkaConfig.fromProps(settings(data)), Time.SYSTEM);
        broker.startup();
    }

    @AfterEach
    void close() {
        services.forEach(WeftProcess::close);
        tools.stop(0);
        Exit.resetExitProcedure();
        broker.shutdown();
        broker.awaitShutdown();
    }

    /// What the image makes of its environment: `KAFKA_A_B` is `a.b`, three underscores are a dash.
    private Properties settings(Path data) throws IOException {
        Map<String, Object> environment = new HashMap<>(environment("docker-compose.yml"));
        environment.putAll(environment("compose/secure.yml"));
        Properties settings = new Properties();
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_")) {
                String key = name.substring("KAFKA_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace("___", "-")
                        .replace('_', '.');
                Matcher secret = SECRET.matcher(String.valueOf(value));
                settings.setProperty(key, here(secret.replaceAll(found -> secret(found.group(1)))));
            }
        });
        settings.setProperty("log.dirs", data.toString());
        settings.setProperty("offsets.topic.num.partitions", "2");
        settings.setProperty("transaction.state.log.num.partitions", "2");
        return settings;
    }

    private static Map<String, Object> environment(String file) throws IOException {
        Object kafka = Objects.requireNonNull(
                ComposeFile.read(ROOT.resolve(file)).services().get("kafka"));
        return ComposeFile.service(kafka).map("environment");
    }

    private static String secret(String principal) {
        return "secret-of-" + principal;
    }

    /// Addresses of the compose network on this machine's free ports.
    private String here(String text) {
        Matcher port = Pattern.compile("(?:kafka|127\\.0\\.0\\.1)?:(19093|19092|9093|9092)\\b")
                .matcher(text);
        return port.replaceAll(found -> "127.0.0.1:" + ports.get(found.group(1)));
    }

    @Test
    void everyServiceHasTheRightsItNeedsAndNoOthers() throws Exception {
        principals();
        WeftProcess topics = weft("topics", "topics", "topics", "--partitions", "3");
        assertThat(topics.await()).as(topics.log()).isZero();

        weft("producer", "producer", "produce", "--limit", "2800", "--rate", "500", "--metrics-port", "0");
        weft("trainer", "trainer", "train", "--metrics-port", "0");
        String state = folder.resolve("score").toString();
        weft("scorer", "scorer", "score", "--dir", state, "--metrics-port", "0");
        WeftProcess monitor = weft("monitor", "monitor", "monitor", "--port", "0", "--metrics-port", "0");
        // As read by the monitor's principal.
        KafkaConnection kafka = KafkaConnection.to(address(), properties("monitor", secret("WEFT_MONITOR")));
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> assignments(kafka) >= 3 * 2_800);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(monitor.log()).contains("live page: http://"));
        try (Admin admin = kafka.admin()) {
            assertThat(admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1))
                    .isNotEmpty();
        }

        WeftProcess listing = weft("listing", "operator", "versions", "raw");
        assertThat(listing.await()).as(listing.log()).isZero();
        assertThat(listing.log()).contains("512");
        WeftProcess rollback = weft("rollback", "operator", "rollback", "raw", "--to", "512");
        assertThat(rollback.await()).as(rollback.log()).isZero();
        WeftProcess watcher = weft("watcher", "monitor", "follow", "raw");
        assertThat(watcher.await()).isNotZero();
        assertThat(watcher.log()).contains("authoriz").doesNotContain("\tat ");

        WeftProcess thief = weft("thief", "monitor", "train", "--metrics-port", "0");
        assertThat(thief.await()).isNotZero();
        assertThat(thief.log()).contains("authoriz").doesNotContain("\tat ");
        WeftProcess stranger = weft("stranger", "nobody", "topics");
        assertThat(stranger.await()).isEqualTo(2);
        assertThat(stranger.log()).contains("refuses this client").doesNotContain("secret-of");
    }

    private String address() {
        return "127.0.0.1:" + ports.get("19092");
    }

    private void principals() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        tool(bin.resolve("kafka-configs.sh"), "configs");
        tool(bin.resolve("kafka-acls.sh"), "acls");
        Path log = folder.resolve("principals.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", ROOT.resolve("compose/principals.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KAFKA_BIN", bin.toString());
        builder.environment().put("KAFKA", "127.0.0.1:" + ports.get("19093"));
        for (String name : List.of("ADMIN", "TOPICS", "PRODUCER", "TRAINER", "SCORER", "MONITOR", "OPERATOR")) {
            builder.environment().put("WEFT_" + name + "_SECRET", secret("WEFT_" + name));
        }
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /// Stands for one of Kafka's own tools: hands its words to [#serveTools].
    private void tool(Path file, String name) throws IOException {
        Files.writeString(
                file,
                "#!/bin/sh\nprintf '%s\\n' \"$@\" | curl -sSf --data-binary @- http://127.0.0.1:"
                        + tools.getAddress().getPort() + "/" + name + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// Kafka's tools in this JVM: the script calls them two dozen times.
    private static HttpServer serveTools() throws IOException {
        Exit.setExitProcedure((code, message) -> {
            throw new IllegalStateException("exit code " + code + ": " + message);
        });
        HttpServer tools = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tools.createContext("/configs", exchange -> answer(exchange, ConfigCommand::main));
        tools.createContext("/acls", exchange -> answer(exchange, AclCommand::main));
        tools.start();
        return tools;
    }

    private static void answer(HttpExchange exchange, java.util.function.Consumer<String[]> tool) throws IOException {
        String words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = 200;
        byte[] answer = {};
        try {
            tool.accept(words.lines().toArray(String[]::new));
        } catch (RuntimeException fault) {
            status = 500;
            answer = String.valueOf(fault).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Map<String, String> properties(String principal, String secret) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + principal
                        + "\" password=\"" + secret + "\";");
    }

    private WeftProcess weft(String name, String principal, String... arguments) throws IOException {
        Properties client = new Properties();
        client.putAll(properties(principal, secret("WEFT_" + principal.toUpperCase(Locale.ROOT))));
        Path config = folder.resolve(name + ".properties");
        try (var out = Files.newOutputStream(config)) {
            client.store(out, null);
        }
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--kafka", address(), "--kafka-config", config.toString()));
        services.add(WeftProcess.start(folder.resolve(name + ".log"), command));
        return services.getLast();
    }

    private static long assignments(KafkaConnection kafka) {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor("weft.assignments").stream()
                    .map(info -> new TopicPartition("weft.assignments", info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
