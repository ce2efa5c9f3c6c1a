package weft.standalone.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;
import weft.evaluation.Evaluation;
import weft.evaluation.report.HtmlReport;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Repeated;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// The final models in pictures.
@Command(
        name = "report",
        description = "Scores the whole log with the newest models and writes one HTML file with figures and pictures.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for report.html")
    private Path out = Path.of(".");

    @Option(names = "--pipelines", split = ",", paramLabel = "NAME", description = "Which to report (default: all)")
    private List<PipelineName> pipelines = List.of();

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connect();
        Topics topics = kafka.topics();
        Evaluation.Request request = new Evaluation.Request(
                DatasetTopic.required(connection, topics),
                Families.SNAPSHOTS,
                pipelines,
                Optional.empty(),
                Duration.ZERO,
                OptionalInt.empty());
        System.out.println(Repeated.toTheEnd("report", () -> HtmlReport.write(connection, topics, request, out)));
        return 0;
    }
}
