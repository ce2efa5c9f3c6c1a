package weft.evaluation;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.core.model.Clusterer;
import weft.evaluation.Report.SplitFigures;

/// What the final model makes of one split.
public final class SplitTally {
    private static final int FIRST_LABELS = 16;

    private Tally tally;
    private long images;
    private double objective;

    /// Starts at zero.
    public SplitTally(int k) {
        tally = new Tally(k, FIRST_LABELS);
    }

    /// Counts one image, labelled or not.
    ///
    /// @param label its number
    public void add(int cluster, OptionalInt label, double imageObjective) {
        images++;
        objective += imageObjective;
        if (label.isPresent()) {
            tally = tally.withRoomFor(label.getAsInt());
            tally.add(cluster, label.getAsInt());
        }
    }

    /// The labelled images so far.
    public ContingencyTable table() {
        return tally.table();
    }

    /// The figures, with the classes that the train split gave the clusters.
    public SplitFigures figures(ContingencyTable trainTable, Clusterer clusterer) {
        int labels = Math.max(tally.classes(), trainTable.classes());
        Quality quality = Quality.of(table().resized(labels), trainTable.resized(labels));
        Map<String, Double> reached = images == 0 ? Map.of() : clusterer.figures(images, objective);
        return new SplitFigures(
                images,
                finite(quality.accuracy()),
                finite(quality.accuracyHungarian()),
                finite(quality.homogeneity()),
                finite(quality.nmi()),
                finite(quality.ari()),
                figure(reached, "inertia"),
                figure(reached, "logLikelihood"),
                figure(reached, "bic"));
    }

    private static OptionalDouble figure(Map<String, Double> figures, String name) {
        return finite(figures.getOrDefault(name, Double.NaN));
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
