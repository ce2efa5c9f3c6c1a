package weft.monitoring.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weft.kafka.wire.QualityEvent;

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
            for (String span : List.of("Window", "")) {
                names.add(slice + span + "Accuracy");
                names.add(slice + span + "Homogeneity");
                names.add(slice + span + "Nmi");
            }
        }
        return List.copyOf(names);
    }

    static QualityPoint of(QualityEvent event) {
        List<@Nullable Double> values = new ArrayList<>();
        for (String name : FIGURES) {
            values.add(event.figures().get(name));
        }
        return new QualityPoint(event.figure("images").orElse(0), values);
    }
}
