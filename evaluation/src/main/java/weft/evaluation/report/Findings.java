package weft.evaluation.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import weft.core.image.LabelledImage;
import weft.core.image.Split;
import weft.core.math.Vector;
import weft.core.metric.ContingencyTable;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.core.service.KafkaConnection;
import weft.core.wire.Topics;
import weft.evaluation.FinalScores;
import weft.evaluation.LoggedImages;
import weft.evaluation.PublishedModels;

/// What the pictures are made of, collected in one reading of the models and of the images.
final class Findings {
    private static final int EXAMPLES_OF_A_CLASS = 10;
    private static final int TEST_SAMPLES = 60;

    /// The losses of one snapshot.
    record Losses(long version, Map<String, Double> values) {}

    private final Map<String, Snapshot> models;
    private final Map<String, List<Losses>> history = new TreeMap<>();
    private final Map<Integer, List<Sample>> examples = new TreeMap<>();
    private final List<Sample> tests = new ArrayList<>();
    private final FinalScores scores;
    private final List<SnapshotPass> passes;

    private Findings(KafkaConnection kafka, Topics topics, Predicate<PipelineName> wanted) {
        models = PublishedModels.newest(
                kafka,
                topics,
                snapshot -> history.computeIfAbsent(snapshot.model().name(), _ -> new ArrayList<>())
                        .add(new Losses(
                                snapshot.version(), snapshot.provenance().losses())));
        scores = new FinalScores(models, wanted);
        passes = models.values().stream()
                .map(snapshot -> new SnapshotPass(snapshot, wanted))
                .toList();
    }

    /// Reads both topics from beginning to end.
    static Findings read(KafkaConnection kafka, Topics topics, Predicate<PipelineName> wanted) {
        Findings findings = new Findings(kafka, topics, wanted);
        LoggedImages.read(kafka, topics, findings::add);
        return findings;
    }

    private void add(String id, LabelledImage image, float[] pixels) {
        scores.add(image, pixels);
        if (image.image().epoch() > 0) {
            return;
        }
        boolean test = image.image().split() == Split.TEST;
        List<Sample> ofClass = examples.computeIfAbsent(image.label().orElse(-1), _ -> new ArrayList<>());
        boolean example = !test && ofClass.size() < EXAMPLES_OF_A_CLASS;
        if (example || (test && tests.size() < TEST_SAMPLES)) {
            Map<PipelineName, Integer> clusters = new HashMap<>();
            passes.forEach(pass ->
                    pass.score(pixels, (pipeline, assignment, _) -> clusters.put(pipeline, assignment.cluster())));
            double[] values = new double[pixels.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = pixels[i];
            }
            (test ? tests : ofClass).add(new Sample(id, image.label(), Vector.of(values), clusters));
        }
    }

    Map<String, Snapshot> models() {
        return models;
    }

    /// Losses of every snapshot that the topic still has, by model, oldest first.
    Map<String, List<Losses>> history() {
        return history;
    }

    /// Train images by class; -1 for those without a label.
    Map<Integer, List<Sample>> examples() {
        return examples;
    }

    /// The first test images of the log.
    List<Sample> tests() {
        return tests;
    }

    List<PipelineName> pipelines() {
        return models.values().stream()
                .flatMap(snapshot -> snapshot.model().clusterers().keySet().stream())
                .filter(scores::has)
                .toList();
    }

    ContingencyTable table(PipelineName pipeline, Split split) {
        return scores.table(pipeline, split);
    }

    Snapshot snapshot(PipelineName pipeline) {
        return Objects.requireNonNull(models.get(pipeline.model()));
    }
}
