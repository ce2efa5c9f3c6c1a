package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.KafkaConnection;
import weft.standalone.WeftProcess;
import weft.standalone.broker.EmbeddedBroker;

/// The compose files, as far as they can be tried without an engine.
class ComposeTest {
    private static final Path ROOT = Path.of("..");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private static Map<String, Object> services(String file) throws IOException {
        return ComposeFile.read(ROOT.resolve(file)).services();
    }

    @Test
    void everyServiceIsPinnedUnprivilegedCheckedAndOnLoopbackAlone() throws IOException {
        Map<String, Object> services = services("docker-compose.yml");
        assertThat(services.keySet())
                .containsExactlyInAnyOrder(
                        "kafka",
                        "topics",
                        "producer",
                        "trainer-raw",
                        "trainer-ae",
                        "scorer",
                        "monitor",
                        "prometheus",
                        "grafana");
        services.forEach((name, value) -> {
            ComposeFile.Service service = ComposeFile.service(value);
            assertThat(service.text("image")).as(name).matches(".+:v?\\d+\\.\\d+\\.\\d+");
            assertThat(service.text("user")).as(name).matches("[1-9]\\d*:[1-9]\\d*");
            assertThat(service.list("ports"))
                    .as(name)
                    .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
            assertThat(service.text("mem_limit")).as(name).isNotBlank();
            assertThat(service.map("depends_on").values())
                    .as(name)
                    .allSatisfy(on -> assertThat(ComposeFile.service(on).text("condition"))
                            .isNotBlank());
        });
        // Replicas of the scorer must not ask for one port of the host.
        assertThat(ComposeFile.service(Objects.requireNonNull(services.get("scorer")))
                        .list("ports"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "compose/three-brokers.yml", "compose/secure.yml"})
    void everyMountedFileIsThere(String file) throws IOException {
        services(file)
                .values()
                .forEach(value -> ComposeFile.service(value).list("volumes").stream()
                        .filter(volume -> volume.startsWith("./"))
                        .forEach(volume -> assertThat(ROOT.resolve(volume.substring(0, volume.indexOf(':'))))
                                .exists()));
    }

    /// The secrets of all lie in that folder, so single files of it are mounted.
    @Test
    void noServiceSeesTheSecretsOfOthers() throws IOException {
        List<String> mounts = services("compose/secure.yml").values().stream()
                .flatMap(value -> ComposeFile.service(value).list("volumes").stream())
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .distinct()
                .toList();
        assertThat(mounts)
                .containsExactlyInAnyOrder("./compose/client.sh", "./compose/principals.sh")
                .allSatisfy(mount -> assertThat(ROOT.resolve(mount)).isRegularFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "compose/three-brokers.yml"})
    void everyCommandIsOneThatWeftTakes(String file) throws IOException {
        Map<String, List<String>> commands = commands(file);
        assertThat(commands).isNotEmpty();
        commands.forEach((name, command) -> assertThat(WeftCommand.line()
                        .parseArgs(command.toArray(String[]::new))
                        .hasSubcommand())
                .as(name + ": " + command)
                .isTrue());
    }

    /// The commands of weft's own image by service.
    private static Map<String, List<String>> commands(String file) throws IOException {
        Map<String, List<String>> commands = new TreeMap<>();
        services(file).forEach((name, value) -> {
            List<String> command = ComposeFile.service(value).list("command");
            if (!command.isEmpty() && !name.equals("prometheus")) {
                commands.put(name, command);
            }
        });
        return commands;
    }

    @Test
    void everyServiceIsScraped() throws IOException {
        String targets = Files.readString(ROOT.resolve("monitoring/prometheus/compose.yml"));
        Map<String, List<String>> commands = commands("docker-compose.yml");
        commands.remove("topics");
        assertThat(commands).hasSize(5);
        assertThat(commands.keySet())
                .allSatisfy(service -> assertThat(targets).containsPattern("[\\[ \"]" + service + "[,:\\]]"));
    }

    @Test
    void noSecretIsCommittedAndNoneMayBeMissing() throws IOException {
        String secure = Files.readString(ROOT.resolve("compose/secure.yml"));
        assertThat(secure.lines().filter(line -> line.contains("_SECRET")))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).containsPattern("\\$\\{WEFT_[A-Z]+_SECRET:\\?|WEFT_[A-Z]*_?SECRET:"));
        assertThat(Files.readAllLines(ROOT.resolve("compose/secure.env.example")).stream()
                        .filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .matches("WEFT_[A-Z]+_SECRET=")
                        .satisfies(name -> assertThat(secure).contains("${" + name.replace("=", "") + ":?")));
        assertThat(Files.readString(ROOT.resolve(".gitignore"))).contains("/compose/secure.env\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose/client.sh", "compose/principals.sh"})
    void theScriptsAreShell(String file) throws Exception {
        Process check = new ProcessBuilder("bash", "-n", ROOT.resolve(file).toString())
                .inheritIO()
                .start();
        assertThat(check.waitFor()).isZero();
    }

    /// The very command lines, with this machine's addresses, as processes of their own.
    @Test
    @Tag("system")
    void theServicesWorkTogether() throws Exception {
        List<WeftProcess> processes = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            Map<String, List<String>> commands = commands("docker-compose.yml");
            WeftProcess topics = start("topics", Objects.requireNonNull(commands.remove("topics")), broker);
            assertThat(topics.await()).as(topics.log()).isZero();
            try {
                for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                    processes.add(start(command.getKey(), command.getValue(), broker));
                }
                KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> assignments(kafka) > 3_000);
                for (WeftProcess process : processes) {
                    assertThat(process.isAlive()).isTrue();
                }
                await().atMost(PATIENCE).until(() -> log("monitor").contains("live page: http://"));
            } finally {
                processes.forEach(WeftProcess::close);
            }
        }
    }

    private WeftProcess start(String name, List<String> command, EmbeddedBroker broker) throws IOException {
        List<String> arguments =
                command.stream().map(word -> here(word, name, broker)).toList();
        return WeftProcess.start(folder.resolve(name + ".log"), arguments);
    }

    private String here(String word, String name, EmbeddedBroker broker) {
        return switch (word) {
            case "kafka:19092" -> broker.address();
            case "9464", "8080" -> "0";
            case "0.0.0.0" -> "127.0.0.1";
            case "/var/lib/weft/scorer" -> folder.resolve(name).toString();
            default -> word;
        };
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }

    private static long assignments(KafkaConnection kafka) {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor("weft.assignments").stream()
                    .map(info -> new TopicPartition("weft.assignments", info.partition()))
                    .toList();
            assertThat(partitions).hasSize(3);
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    @Test
    void theImageRunsTheLauncherThatIsBuilt() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));
        assertThat(dockerfile).contains("weft.standalone.Main", "USER 10001:10001", "/src/standalone/target/app");
        try (Stream<String> lines = dockerfile.lines()) {
            assertThat(lines.filter(line -> line.startsWith("FROM ")))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).containsPattern("eclipse-temurin:25\\.[\\d._]+-"));
        }
    }
}
