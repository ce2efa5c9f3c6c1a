package weft.monitoring.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigure;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;

/// The charted figures of a pipeline after so many images.
///
/// @param values in the order of [#FIGURES]; null where a figure has no images yet
record QualityPoint(double images, List<@Nullable Double> values) {
    /// The figures that the page draws.
    static final List<QualityFigure> FIGURES = figures();

    QualityPoint {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    private static List<QualityFigure> figures() {
        List<QualityFigure> drawn = new ArrayList<>();
        for (Slice slice : List.of(Slice.PREQUENTIAL, Slice.TEST, Slice.TRAINED)) {
            for (Span span : List.of(Span.WINDOW, Span.LIFE)) {
                drawn.add(OfSlice.ACCURACY.of(slice, span));
                drawn.add(OfSlice.HOMOGENEITY.of(slice, span));
                drawn.add(OfSlice.NMI.of(slice, span));
            }
        }
        return List.copyOf(drawn);
    }

    static QualityPoint of(QualityEvent event) {
        List<@Nullable Double> values = new ArrayList<>();
        for (QualityFigure figure : FIGURES) {
            OptionalDouble value = event.value(figure);
            values.add(value.isPresent() ? value.getAsDouble() : null);
        }
        return new QualityPoint(event.value(QualityFigures.IMAGES).orElse(0), values);
    }
}
