package weft.evaluation;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import weft.core.image.FashionClasses;
import weft.core.metric.ContingencyTable;
import weft.core.metric.Quality;
import weft.core.metric.Tally;
import weft.core.model.Clusterer;
import weft.evaluation.Report.SplitFigures;

/// What the final model makes of one split.
public final class SplitTally {
    private final Tally tally;
    private long images;
    private double objective;

    /// Starts at zero.
    public SplitTally(int k) {
        tally = new Tally(k, FashionClasses.COUNT);
    }

    /// Counts one image, labelled or not.
    public void add(int cluster, OptionalInt label, double imageObjective) {
        images++;
        objective += imageObjective;
        label.ifPresent(known -> tally.add(cluster, known));
    }

    /// The labelled images so far.
    public ContingencyTable table() {
        return tally.table();
    }

    /// The figures, with the classes that the train split gave the clusters.
    public SplitFigures figures(ContingencyTable train, Clusterer clusterer) {
        ContingencyTable table = table();
        Quality quality = Quality.of(table);
        Map<String, Double> reached = images == 0 ? Map.of() : clusterer.figures(images, objective);
        return new SplitFigures(
                images,
                finite(Quality.accuracy(table, train.majority())),
                finite(Quality.accuracy(table, Quality.hungarianMapping(train))),
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
