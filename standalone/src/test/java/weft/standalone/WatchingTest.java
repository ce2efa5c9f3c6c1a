package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What people watch, against a running `weft up` and a real Prometheus.
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchingTest {
    private static final Path MONITORING = Path.of("../monitoring");
    private static final Path OPERATIONS = Path.of("../docs/operations.md");
    private static final Pattern NAME = Pattern.compile("\\bweft_[a-z_]+");
    private static final Pattern METRICS =
            Pattern.compile("(<!-- metrics[^>]*-->\n).*?(\n<!-- end -->)", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private WeftProcess up;
    private @Nullable Process prometheus;
    private int metricsPort;
    private String page = "";

    @BeforeAll
    void up() throws IOException {
        metricsPort = WeftProcess.freePort();
        int pagePort = WeftProcess.freePort();
        page = "http://127.0.0.1:" + pagePort;
        List<String> arguments =
                new ArrayList<>(List.of("up", "--dir", folder.resolve("state").toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--port", Integer.toString(pagePort)));
        arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
        arguments.addAll(List.of("--limit", "4200", "--epochs", "1000", "--rate", "500"));
        // Its metric is there where it is asked for.
        arguments.addAll(List.of("--max-model-age", "1h"));
        up = WeftProcess.start(folder.resolve("up.log"), arguments);
    }

    @AfterAll
    void down() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor();
        }
        up.close();
        http.close();
    }

    @Test
    void everyPanelOfEveryDashboardShowsSomething() throws Exception {
        ForeignProgram.require("prometheus");
        int port = prometheus();
        Map<String, String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(30);
        List<String> all = new ArrayList<>(annotations());
        assertThat(all).hasSize(6);
        all.addAll(expressions.values());
        assertThat(promtool("check", "rules", recordingRules(all).toString())).isZero();

        expressions.forEach((panel, expression) -> await(panel + ": " + expression)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> hasValue(port, expression)));

        String clusters = Objects.requireNonNull(expressions.get("weft-clustering.json, What clusters stand for, 0"));
        await().atMost(PATIENCE).until(() -> query(port, clusters).size() == 10);
        for (JsonNode series : query(port, clusters)) {
            String picture = series.required("metric").required("picture").asText();
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(picture)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(picture).isEqualTo(200);
            assertThat(answer.body()).as(picture).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    void theAlertsFireWhenTheyShould() throws Exception {
        ForeignProgram.require("promtool");
        String alerts = MONITORING.resolve("alerts").toString();

        assertThat(promtool("check", "rules", alerts + "/weft.rules.yml")).isZero();
        assertThat(promtool("test", "rules", alerts + "/weft.test.yml")).isZero();
        assertThat(promtool("check", "config", "--syntax-only", MONITORING + "/prometheus/prometheus.yml"))
                .isZero();
        assertThat(promtool("check", "config", "--syntax-only", MONITORING + "/prometheus/compose.yml"))
                .isZero();
    }

    /// `./mvnw -P metrics-table test` writes the table of docs/operations.md.
    @Test
    void everyMetricIsDocumentedAndEveryOneThatIsUsedIsThere() throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> Stream.of("weft_confusion_images", "weft_trainer_reseeds", "weft_model_version")
                        .allMatch(scraped()::contains));
        String metrics = scraped();

        String table = table(metrics);
        String text = Files.readString(OPERATIONS);
        Matcher place = METRICS.matcher(text);
        assertThat(place.find()).isTrue();
        String expected = place.replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
        if ("write".equals(System.getProperty("weft.metrics"))) {
            Files.writeString(OPERATIONS, expected);
        }
        assertThat(Files.readString(OPERATIONS)).isEqualTo(expected);
        assertThat(usedNames()).allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "[{ ]"));
    }

    /// A row for each family of series, from what Prometheus is told of it.
    private static String table(String metrics) {
        StringBuilder rows = new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|");
        Map<String, String> help = new TreeMap<>();
        Map<String, String> type = new TreeMap<>();
        for (String line : metrics.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP weft_")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE weft_")) {
                type.put(words[2], words[3]);
            }
        }
        help.forEach((name, meaning) -> rows.append("\n| `")
                .append(name)
                .append("` | ")
                .append(type.get(name))
                .append(" | ")
                .append(String.join(", ", labels(metrics, name)))
                .append(" | ")
                .append(meaning)
                .append(" |"));
        return rows.toString();
    }

    private static Set<String> labels(String metrics, String name) {
        Set<String> labels = new TreeSet<>();
        Matcher series = Pattern.compile("(?m)^" + name + "(?:_bucket|_sum|_count)?\\{(.*)\\} ")
                .matcher(metrics);
        while (series.find()) {
            Matcher label = Pattern.compile("(\\w+)=\"").matcher(series.group(1));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        labels.remove("le");
        return labels;
    }

    private static Set<String> usedNames() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MONITORING)) {
            for (Path file : files.filter(path -> path.toString().matches(".*(dashboards|alerts)/.*\\.(json|yml)"))
                    .toList()) {
                Matcher name = NAME.matcher(Files.readString(file));
                while (name.find()) {
                    names.add(name.group());
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(15);
        return names;
    }

    private int prometheus() throws IOException {
        int port = WeftProcess.freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: weft
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(
                        MONITORING.resolve("alerts/weft.rules.yml").toRealPath(), metricsPort));
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return port;
    }

    /// By panel and place, as Grafana would send them.
    private Map<String, String> expressions() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                for (JsonNode panel :
                        new ObjectMapper().readTree(Files.readAllBytes(file)).required("panels")) {
                    int place = 0;
                    for (JsonNode target : panel.path("targets")) {
                        found.put(
                                file.getFileName() + ", "
                                        + panel.required("title").asText() + ", " + place++,
                                target.required("expr")
                                        .asText()
                                        .replace("$__rate_interval", "15s")
                                        .replace("$pipeline", ".*")
                                        .replace("${evidence}", "prequential")
                                        .replace("$shown", "ae-gmm-10")
                                        .replace("$page", page));
                    }
                }
            }
        }
        return found;
    }

    /// What marks events in the panels: nothing while there are none, so it is parsed alone.
    private static List<String> annotations() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                new ObjectMapper()
                        .readTree(Files.readAllBytes(file))
                        .required("annotations")
                        .required("list")
                        .forEach(one -> found.add(one.required("expr").asText()));
            }
        }
        return found;
    }

    private Path recordingRules(Iterable<String> expressions) throws IOException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int number = 0;
        for (String expression : expressions) {
            rules.append("      - {record: panel_")
                    .append(number++)
                    .append(", expr: '")
                    .append(expression.replace("'", "''"))
                    .append("'}\n");
        }
        return Files.writeString(folder.resolve("panels.yml"), rules);
    }

    private boolean hasValue(int port, String expression) throws Exception {
        for (JsonNode series : query(port, expression)) {
            if (!series.required("value").get(1).asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private JsonNode query(int port, String expression) throws Exception {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return new ObjectMapper()
                .readTree(get("http://127.0.0.1:" + port + "/api/v1/query?query=" + query))
                .required("data")
                .required("result");
    }

    private String scraped() throws IOException, InterruptedException {
        return get("http://127.0.0.1:" + metricsPort + "/metrics");
    }

    private String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private int promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("promtool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return process.exitValue();
    }
}
