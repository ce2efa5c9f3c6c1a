package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import weft.standalone.ForeignProgram;

/// Compose's own client merges the files and checks them against its schema; skipped where it is not installed.
///
/// Debian's is of before `name` and `!override`, so it gets copies without them.
@Tag("system")
class ComposeClientTest {
    private static final Path ROOT = Path.of("..");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path client;

    @BeforeEach
    void copy() throws Exception {
        client = ForeignProgram.require("docker-compose");
        Files.createDirectory(folder.resolve("compose"));
        for (String file : new String[] {"docker-compose.yml", "compose/three-brokers.yml", "compose/secure.yml"}) {
            Files.writeString(
                    folder.resolve(file),
                    Files.readString(ROOT.resolve(file))
                            .replaceFirst("(?m)^name: .*$", "")
                            .replace("!override", ""));
        }
        Files.writeString(
                folder.resolve("secrets"),
                Files.readString(ROOT.resolve("compose/secure.env.example")).replaceAll("(?m)=$", "=a-secret"));
    }

    @Test
    void alone() throws Exception {
        assertThat(services("docker-compose.yml")).hasSize(9);
    }

    @Test
    void threeBrokersVoteForEachOther() throws Exception {
        Map<String, Object> services = services("docker-compose.yml", "compose/three-brokers.yml");
        assertThat(services).hasSize(11);
        List<String> nodes = new ArrayList<>();
        for (String broker : List.of("kafka", "kafka-2", "kafka-3")) {
            ComposeFile.Service service = ComposeFile.service(Objects.requireNonNull(services.get(broker)));
            assertThat(service.text("image")).as(broker).isEqualTo("apache/kafka:4.3.1");
            Map<String, Object> environment = service.map("environment");
            assertThat(String.valueOf(environment.get("KAFKA_ADVERTISED_LISTENERS")))
                    .startsWith("INTERNAL://" + broker + ":19092,");
            assertThat(String.valueOf(environment.get("KAFKA_MIN_INSYNC_REPLICAS")))
                    .isEqualTo("2");
            assertThat(String.valueOf(environment.get("KAFKA_CONTROLLER_QUORUM_VOTERS")))
                    .isEqualTo("1@kafka:9093,2@kafka-2:9093,3@kafka-3:9093");
            nodes.add(environment.get("KAFKA_NODE_ID") + "@" + broker + ":9093");
        }
        assertThat(String.join(",", nodes)).isEqualTo("1@kafka:9093,2@kafka-2:9093,3@kafka-3:9093");
    }

    @Test
    void secured() throws Exception {
        Map<String, Object> services = services("docker-compose.yml", "compose/secure.yml");
        assertThat(services).hasSize(10).containsKey("principals");
    }

    /// The services of the merged files, as the client prints them.
    private Map<String, Object> services(String... files) throws Exception {
        List<String> command = new ArrayList<>(List.of(client.toString(), "--env-file", "secrets"));
        for (String file : files) {
            command.addAll(List.of("-f", file));
        }
        command.add("config");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        Map<String, Object> merged = new Yaml().load(printed);
        return JSON.convertValue(merged.get("services"), new TypeReference<Map<String, Object>>() {});
    }
}
