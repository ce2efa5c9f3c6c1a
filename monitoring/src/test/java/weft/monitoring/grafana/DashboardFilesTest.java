package weft.monitoring.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardFilesTest {
    private static final Path FOLDER = Path.of("grafana/dashboards");

    static Stream<Dashboard> dashboards() {
        return Dashboard.ALL.stream();
    }

    /// `./mvnw -P dashboards test` writes the files again.
    @ParameterizedTest
    @MethodSource("dashboards")
    void theFileIsWhatTheDefinitionSays(Dashboard dashboard) throws IOException {
        Path file = FOLDER.resolve(dashboard.file() + ".json");
        if ("write".equals(System.getProperty("weft.dashboards"))) {
            Files.write(file, GrafanaJson.bytes(dashboard));
        }
        assertThat(file).hasBinaryContent(GrafanaJson.bytes(dashboard));
    }

    @Test
    void thereAreNoOtherFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files).hasSize(Dashboard.ALL.size());
        }
    }

    /// What Grafana's linter asks for.
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelTellsWhatItShows(Dashboard dashboard) throws IOException {
        JsonNode json = new ObjectMapper().readTree(GrafanaJson.of(dashboard));
        Set<Integer> ids = new HashSet<>();
        assertThat(json.has("__inputs")).isFalse();
        assertThat(json.required("templating")
                        .required("list")
                        .get(0)
                        .required("type")
                        .asText())
                .isEqualTo("datasource");
        for (JsonNode annotation : json.required("annotations").required("list")) {
            assertThat(annotation.required("name").asText()).isNotBlank();
            assertThat(annotation.required("expr").asText()).isNotBlank();
            assertThat(annotation.required("datasource").required("uid").asText())
                    .isEqualTo("${datasource}");
        }
        for (JsonNode panel : json.required("panels")) {
            assertThat(ids.add(panel.required("id").asInt())).isTrue();
            assertThat(panel.required("title").asText()).isNotBlank();
            if (panel.required("type").asText().equals("row")) {
                continue;
            }
            assertThat(panel.required("description").asText()).endsWith(".");
            assertThat(panel.required("fieldConfig")
                            .required("defaults")
                            .required("unit")
                            .asText())
                    .isNotBlank();
            assertThat(panel.required("datasource").required("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.required("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.required("expr").asText()).isNotBlank();
                assertThat(target.required("datasource").required("uid").asText())
                        .isEqualTo("${datasource}");
            });
        }
    }
}
