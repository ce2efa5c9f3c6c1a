package weft.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonInclude.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import weft.core.image.Dataset;
import weft.evaluation.Report.ModelFigures;
import weft.evaluation.Report.PipelineFigures;
import weft.evaluation.Report.SplitFigures;
import weft.evaluation.Report.StreamFigures;

/// The report as a table for people and as JSON for programs.
public final class ReportFormat {
    private static final ObjectWriter JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(Value.construct(Include.NON_ABSENT, Include.NON_ABSENT))
            .build()
            .writerWithDefaultPrettyPrinter();

    private ReportFormat() {}

    /// A table; where the study's own data were clustered, with its figures beside Weft's.
    public static String table(Report report, Dataset dataset) {
        boolean studied = StudyFigures.cover(dataset);
        StringBuilder text = new StringBuilder();
        text.append(
                row("pipeline", "evidence", "images", "accuracy", "hungarian", "homogen.", "NMI", "ARI", "inertia"));
        for (PipelineFigures figures : report.pipelines()) {
            text.append(row(figures.pipeline(), "train", figures.train()));
            text.append(row("", "test", figures.test()));
            figures.prequential().ifPresent(split -> text.append(row("", "prequential", split)));
            figures.baseline().ifPresent(batch -> {
                text.append(row("", "batch train", batch.train()));
                text.append(row("", "batch test", batch.test()));
            });
            Optional.of(figures.pipeline())
                    .filter(_ -> studied)
                    .flatMap(StudyFigures::of)
                    .ifPresent(study -> text.append(row(
                            "",
                            "batch study",
                            "60000",
                            decimal(study.accuracy()),
                            "",
                            decimal(study.homogeneity()),
                            "",
                            "",
                            Double.isNaN(study.inertia()) ? "" : String.format(Locale.ROOT, "%.0f", study.inertia()))));
        }
        for (ModelFigures model : report.models()) {
            text.append(String.format(Locale.ROOT, "model %s: version %d", model.model(), model.version()));
            model.validationLoss()
                    .ifPresent(loss -> text.append(String.format(
                            Locale.ROOT,
                            ", validation %s %.4f",
                            model.validationLossName().orElse("loss").toUpperCase(Locale.ROOT),
                            loss)));
            if (studied && model.validationLoss().isPresent()) {
                text.append(String.format(Locale.ROOT, " (batch study %.4f)", StudyFigures.VALIDATION_LOSS));
            }
            text.append(System.lineSeparator());
        }
        StreamFigures stream = report.stream();
        text.append(String.format(
                Locale.ROOT,
                "%d images, %d assignments, %d dead letters in %.1f s: %.0f images/s; latency p50 %.0f ms, p99 %.0f ms",
                stream.imagesProduced(),
                stream.assignments(),
                stream.deadLetters(),
                stream.seconds(),
                stream.imagesPerSecond(),
                stream.latencyMillis().p50(),
                stream.latencyMillis().p99()));
        stream.secondsToFirstAssignment()
                .ifPresent(first -> text.append(String.format(Locale.ROOT, "; first assignment after %.1f s", first)));
        return text.append(System.lineSeparator()).toString();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-16s %-12s %7s  %8s %9s %8s %6s %6s %12s%n", cells);
    }

    private static String row(String pipeline, String evidence, SplitFigures figures) {
        return row(
                pipeline,
                evidence,
                figures.images(),
                decimal(figures.accuracy()),
                decimal(figures.accuracyHungarian()),
                decimal(figures.homogeneity()),
                decimal(figures.nmi()),
                decimal(figures.ari()),
                figures.inertia().isPresent()
                        ? String.format(Locale.ROOT, "%.0f", figures.inertia().getAsDouble())
                        : figures.logLikelihood().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "logL %.2f",
                                        figures.logLikelihood().getAsDouble())
                                : "");
    }

    private static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "";
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    /// The JSON object; a figure that has no meaning somewhere is absent there.
    public static byte[] json(Report report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
