package weft.monitoring.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures.OfPipeline;
import weft.kafka.wire.QualityFigures.OfSlice;

/// The charted figures of a pipeline after so many images.
///
/// @param values in the order of [#FIGURES]; null where a figure has no images yet
record QualityPoint(double images, List<@Nullable Double> values) {
    /// The figures that the page draws.
    static final List<String> FIGURES = figures();

    QualityPoint {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    private static List<String> figures() {
        List<String> names = new ArrayList<>();
        for (String slice : List.of("prequential", "test", "trained")) {
            for (boolean window : List.of(true, false)) {
                names.add(OfSlice.ACCURACY.of(slice, window));
                names.add(OfSlice.HOMOGENEITY.of(slice, window));
                names.add(OfSlice.NMI.of(slice, window));
            }
        }
        return List.copyOf(names);
    }

    static QualityPoint of(QualityEvent event) {
        List<@Nullable Double> values = new ArrayList<>();
        for (String name : FIGURES) {
            values.add(event.figures().get(name));
        }
        return new QualityPoint(event.figure(OfPipeline.IMAGES.figure()).orElse(0), values);
    }
}
