package weft.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import weft.core.image.Label;
import weft.core.image.LabelIndex;
import weft.core.image.LabelledImage;
import weft.core.image.Split;
import weft.core.math.Vector;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;

/// The few images of the log that the report shows: the first of each class and the first of the test split.
public final class Samples {
    private static final int EXAMPLES_OF_A_CLASS = 10;
    private static final int TEST_SAMPLES = 60;

    /// With more, the report would be too long to read.
    private static final int MOST_CLASSES = 40;

    private final Map<Integer, List<Sample>> examples = new TreeMap<>();
    private final List<Sample> tests = new ArrayList<>();
    private final LabelIndex labels;
    private final List<SnapshotPass> passes;

    /// None taken yet.
    ///
    /// @param labels numbers the labels
    public Samples(LabelIndex labels, Map<String, Snapshot> models, Predicate<PipelineName> wanted) {
        this.labels = labels;
        passes = models.values().stream()
                .map(snapshot -> new SnapshotPass(snapshot, wanted))
                .toList();
    }

    /// Takes an image of the log if it is among the first.
    ///
    /// @param pixels values from 0 to 1, of a vector as they are
    public void add(String id, LabelledImage image, float[] pixels) {
        if (image.image().epoch() > 0) {
            return;
        }
        if (image.image().split() == Split.TEST) {
            if (tests.size() < TEST_SAMPLES) {
                tests.add(sample(id, image, pixels));
            }
            return;
        }
        int label = number(image);
        if (examples.size() == MOST_CLASSES && !examples.containsKey(label)) {
            return;
        }
        List<Sample> ofClass = examples.computeIfAbsent(label, _ -> new ArrayList<>());
        if (ofClass.size() < EXAMPLES_OF_A_CLASS) {
            ofClass.add(sample(id, image, pixels));
        }
    }

    private int number(LabelledImage image) {
        return labels.of(image.label()).orElse(LabelIndex.UNKNOWN);
    }

    private Sample sample(String id, LabelledImage image, float[] pixels) {
        Map<PipelineName, Integer> clusters = new HashMap<>();
        passes.forEach(
                pass -> pass.score(pixels, (pipeline, assignment, _) -> clusters.put(pipeline, assignment.cluster())));
        double[] values = new double[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i];
        }
        return new Sample(id, image.label().map(Label::name), Vector.of(values), clusters);
    }

    /// Train images by class; -1 for those without a label.
    public Map<Integer, List<Sample>> examples() {
        return Collections.unmodifiableMap(examples);
    }

    /// The first test images of the log.
    public List<Sample> tests() {
        return Collections.unmodifiableList(tests);
    }
}
