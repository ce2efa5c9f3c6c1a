package weft.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.ModelName;
import weft.kafka.service.InForce;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;

/// The versions that can serve.
@Command(
        name = "versions",
        description = "Lists the versions of a model that are kept, oldest first, of all its runs.",
        mixinStandardHelpOptions = true)
final class VersionsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final ModelArgument model = new ModelArgument();

    @Option(names = "--json", description = "A JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ModelName name = model.name();
        Topics topics = kafka.topics();
        KafkaConnection connection = kafka.connect();
        List<Published> family = model.published(connection, topics);
        List<Published> versions = family.stream()
                .filter(one -> name.isMain() || one.model().equals(name))
                .sorted(Comparator.comparing((Published one) -> !one.model().isMain())
                        .thenComparing(one -> one.model().run())
                        .thenComparingLong(Published::version))
                .toList();
        Deployment deployment = InForce.read(connection, topics, name, family).deployment();
        for (Published one : versions) {
            boolean newest = versions.stream()
                    .noneMatch(other -> other.model().equals(one.model()) && other.version() > one.version());
            Row row = Row.of(one, newest, deployment);
            System.out.println(json ? JSON.writeValueAsString(row.fields()) : row.text());
        }
        return 0;
    }

    /// @param serving whether images are scored by it
    /// @param pinned whether it serves by its number
    /// @param challenging whether it is scored beside what serves
    private record Row(Published version, boolean serving, boolean pinned, boolean challenging) {
        static Row of(Published one, boolean newest, Deployment deployment) {
            boolean runServes = one.model().equals(deployment.serving());
            boolean pinned = runServes
                    && deployment.version().isPresent()
                    && deployment.version().getAsLong() == one.version();
            return new Row(
                    one,
                    pinned || (runServes && newest && deployment.version().isEmpty()),
                    pinned,
                    newest && deployment.challengers().contains(one.model().run()));
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("model", version.model().toString());
            fields.put("run", version.model().run());
            fields.put("modelVersion", version.version());
            fields.put("at", Times.text(version.at()));
            fields.put("bytes", version.bytes());
            fields.put("epochEnd", version.epochEnd());
            fields.put("serving", serving);
            fields.put("pinned", pinned);
            fields.put("challenging", challenging);
            return fields;
        }

        String text() {
            return String.format(
                            Locale.ROOT,
                            "%-16s %12d  %s %10d bytes%s%s%s%s",
                            version.model(),
                            version.version(),
                            Times.text(version.at()),
                            version.bytes(),
                            version.epochEnd() ? "  epoch-end" : "",
                            serving ? "  serving" : "",
                            pinned ? "  pinned" : "",
                            challenging ? "  challenging" : "")
                    .stripTrailing();
        }
    }
}
