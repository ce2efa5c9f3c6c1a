package weft.standalone.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;
import weft.core.wire.Topics;
import weft.scorer.evaluate.Evaluation;

/// The final models over the whole log.
@Command(
        name = "evaluate",
        description = "Scores the whole log with the newest models and reports, beside the batch study's figures.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Option(names = "--pipelines", split = ",", paramLabel = "NAME", description = "Which to evaluate (default: all)")
    private List<PipelineName> pipelines = List.of();

    @Override
    public Integer call() {
        report.check();
        Topics topics = kafka.topics();
        report.tell(Evaluation.run(kafka.connect(), topics, pipelines, Optional.empty(), Duration.ZERO));
        return 0;
    }
}
