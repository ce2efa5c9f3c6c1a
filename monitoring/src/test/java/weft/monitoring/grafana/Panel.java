package weft.monitoring.grafana;

import java.util.ArrayList;
import java.util.List;

/// One panel.
///
/// @param unit as Grafana names it
record Panel(Kind kind, String title, String unit, String description, List<Query> queries) {
    /// How it is drawn.
    enum Kind {
        LINES,
        BARS,
        NUMBER,
        /// Clusters by classes, shaded.
        MATRIX,
        /// A row for each cluster: its picture by the live page, and how many images it got.
        PICTURES,
        HEATMAP
    }

    /// @param legend with labels in braces
    record Query(String expression, String legend) {}

    static Panel lines(String title, String unit, String description, String... expressionsAndLegends) {
        return new Panel(Kind.LINES, title, unit, description, queries(expressionsAndLegends));
    }

    static Panel of(Kind kind, String title, String unit, String description, String... expressionsAndLegends) {
        return new Panel(kind, title, unit, description, queries(expressionsAndLegends));
    }

    private static List<Query> queries(String... expressionsAndLegends) {
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < expressionsAndLegends.length; i += 2) {
            queries.add(new Query(expressionsAndLegends[i], expressionsAndLegends[i + 1]));
        }
        return queries;
    }
}
