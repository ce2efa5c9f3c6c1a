package weft.standalone.command;

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
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Repeated;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// The final models over the whole log.
@Command(
        name = "evaluate",
        description = "Scores the whole log with the newest models and reports, beside the batch study's figures.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    /// Smile takes doubles: 6 KB an image.
    private static final int MOST_BASELINE_IMAGES = 50_000;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Option(names = "--pipelines", split = ",", paramLabel = "NAME", description = "Which to evaluate (default: all)")
    private List<PipelineName> pipelines = List.of();

    @Option(names = "--baseline", description = "Also fit batch k-means (Smile) on a sample of the log, to compare")
    private boolean baseline;

    @Option(
            names = "--baseline-images",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Train images of that sample, at most 50000 (default: ${DEFAULT-VALUE})")
    private int baselineImages;

    @Override
    public Integer call() throws InterruptedException {
        if (baselineImages < 2 || baselineImages > MOST_BASELINE_IMAGES) {
            throw new UserError("--baseline-images must be 2 to " + MOST_BASELINE_IMAGES + ", not " + baselineImages);
        }
        report.check();
        Topics topics = kafka.topics();
        KafkaConnection connection = kafka.connect();
        Evaluation.Request request = new Evaluation.Request(
                DatasetTopic.required(connection, topics),
                Families.SNAPSHOTS,
                pipelines,
                Optional.empty(),
                Duration.ZERO,
                baseline ? OptionalInt.of(baselineImages) : OptionalInt.empty());
        report.tell(Repeated.toTheEnd("evaluation", () -> Evaluation.run(connection, topics, request)));
        return 0;
    }
}
