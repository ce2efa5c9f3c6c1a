package weft.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.OptionalDouble;
import weft.evaluation.Report.ModelFigures;
import weft.evaluation.Report.PipelineFigures;
import weft.evaluation.Report.SplitFigures;
import weft.evaluation.Report.StreamFigures;

/// The report as a table for people and as JSON for programs.
public final class ReportFormat {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportFormat() {}

    /// A table with the batch study's figures beside Weft's.
    public static String table(Report report) {
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
            StudyFigures.of(figures.pipeline())
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
                            ", validation BCE %.4f (batch study %.4f)",
                            loss,
                            StudyFigures.VALIDATION_LOSS)));
            text.append(String.format("%n"));
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
                stream.latencyP50(),
                stream.latencyP99()));
        stream.secondsToFirstAssignment()
                .ifPresent(first -> text.append(String.format(Locale.ROOT, "; first assignment after %.1f s", first)));
        return text.append(String.format("%n")).toString();
    }

    private static String row(Object... cells) {
        return String.format("%-16s %-12s %7s  %8s %9s %8s %6s %6s %12s%n", cells);
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
        ObjectNode root = MAPPER.createObjectNode();
        var pipelines = root.putArray("pipelines");
        for (PipelineFigures figures : report.pipelines()) {
            ObjectNode one = pipelines.addObject();
            one.put("pipeline", figures.pipeline());
            one.put("model", figures.model());
            one.put("modelVersion", figures.modelVersion());
            one.put("k", figures.k());
            put(one.putObject("train"), figures.train());
            put(one.putObject("test"), figures.test());
            figures.prequential().ifPresent(split -> put(one.putObject("prequential"), split));
            figures.baseline().ifPresent(batch -> {
                ObjectNode json = one.putObject("baseline");
                json.put("fittedOn", batch.fittedOn());
                put(json.putObject("train"), batch.train());
                put(json.putObject("test"), batch.test());
            });
        }
        var models = root.putArray("models");
        for (ModelFigures model : report.models()) {
            ObjectNode one = models.addObject();
            one.put("model", model.model());
            one.put("version", model.version());
            one.put("imagesSeen", model.imagesSeen());
            put(one, "validationLoss", model.validationLoss());
        }
        StreamFigures stream = report.stream();
        ObjectNode one = root.putObject("stream");
        one.put("imagesProduced", stream.imagesProduced());
        ObjectNode trained = one.putObject("imagesTrained");
        stream.imagesTrained().forEach(trained::put);
        one.put("assignments", stream.assignments());
        one.put("deadLetters", stream.deadLetters());
        one.put("seconds", stream.seconds());
        one.put("imagesPerSecond", stream.imagesPerSecond());
        one.putObject("latencyMillis").put("p50", stream.latencyP50()).put("p99", stream.latencyP99());
        put(one, "secondsToFirstAssignment", stream.secondsToFirstAssignment());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void put(ObjectNode json, SplitFigures figures) {
        json.put("images", figures.images());
        put(json, "accuracy", figures.accuracy());
        put(json, "accuracyHungarian", figures.accuracyHungarian());
        put(json, "homogeneity", figures.homogeneity());
        put(json, "nmi", figures.nmi());
        put(json, "ari", figures.ari());
        put(json, "inertia", figures.inertia());
        put(json, "logLikelihood", figures.logLikelihood());
        put(json, "bic", figures.bic());
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        value.ifPresent(present -> json.put(name, present));
    }
}
