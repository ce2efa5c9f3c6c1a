package weft.monitoring.grafana;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A dashboard in Grafana's own form.
final class GrafanaJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 24;
    private static final int HEIGHT = 8;
    private static final int HEIGHT_WITH_PICTURES = 14;

    private GrafanaJson() {}

    static String of(Dashboard dashboard) {
        ObjectNode root = JSON.createObjectNode();
        root.put("uid", dashboard.file());
        root.put("title", dashboard.title());
        root.put("description", dashboard.description());
        root.put("schemaVersion", 39);
        root.put("version", 1);
        root.put("editable", false);
        root.put("refresh", "5s");
        root.put("timezone", "browser");
        root.putArray("tags").add("weft");
        root.putObject("time").put("from", "now-15m").put("to", "now");
        ArrayNode annotations = root.putObject("annotations").putArray("list");
        annotation(annotations.addObject(), "Drift", "drift", "orange");
        annotation(annotations.addObject(), "Drift over", "drift-over", "green");
        ArrayNode variables = root.putObject("templating").putArray("list");
        ObjectNode source = variables.addObject();
        source.put("name", "datasource").put("label", "Data source").put("type", "datasource");
        source.put("query", "prometheus");
        source.putObject("current").put("text", "Prometheus").put("value", "weft-prometheus");
        if (dashboard.byPipeline()) {
            pipelines(variables.addObject(), "pipeline", "Pipelines", "weft_quality")
                    .put("multi", true)
                    .put("includeAll", true)
                    .putObject("current")
                    .put("text", "All")
                    .put("value", "$__all");
            evidence(variables.addObject());
            pipelines(variables.addObject(), "shown", "Clusters of", "weft_cluster_images");
            ObjectNode page = variables.addObject();
            page.put("name", "page").put("label", "Live page").put("type", "textbox");
            page.put("query", "http://localhost:8080");
            page.putObject("current").put("text", "http://localhost:8080").put("value", "http://localhost:8080");
        }
        ArrayNode panels = root.putArray("panels");
        int id = 1;
        int y = 0;
        for (Dashboard.Section section : dashboard.sections()) {
            ObjectNode row = panels.addObject();
            row.put("id", id++).put("type", "row").put("title", section.title()).put("collapsed", false);
            place(row, 0, y++, COLUMNS, 1);
            row.putArray("panels");
            int width = COLUMNS / section.panels().size();
            boolean pictures = section.panels().stream().anyMatch(panel -> panel.kind() == Panel.Kind.PICTURES);
            int height = pictures ? HEIGHT_WITH_PICTURES : HEIGHT;
            int x = 0;
            for (Panel panel : section.panels()) {
                place(panel(panels.addObject(), panel).put("id", id++), x, y, width, height);
                x += width;
            }
            y += height;
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static byte[] bytes(Dashboard dashboard) {
        return of(dashboard).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode panel(ObjectNode json, Panel panel) {
        json.put(
                "type",
                switch (panel.kind()) {
                    case LINES -> "timeseries";
                    case BARS -> "bargauge";
                    case NUMBER -> "stat";
                    case MATRIX, PICTURES -> "table";
                    case HEATMAP -> "heatmap";
                });
        json.put("title", panel.title()).put("description", panel.description());
        datasource(json);
        ObjectNode fields = json.putObject("fieldConfig");
        fields.putObject("defaults").put("unit", panel.unit());
        fields.putArray("overrides");
        ArrayNode targets = json.putArray("targets");
        for (int i = 0; i < panel.queries().size(); i++) {
            Panel.Query query = panel.queries().get(i);
            ObjectNode target = targets.addObject();
            target.put("refId", String.valueOf((char) ('A' + i)));
            datasource(target);
            target.put("expr", query.expression()).put("legendFormat", query.legend());
            switch (panel.kind()) {
                case LINES, HEATMAP -> target.put("range", true);
                case BARS, NUMBER -> target.put("instant", true);
                case MATRIX, PICTURES -> target.put("instant", true).put("format", "table");
            }
            if (panel.kind() == Panel.Kind.HEATMAP) {
                target.put("format", "heatmap");
            }
        }
        switch (panel.kind()) {
            case MATRIX -> shadeMatrix(json);
            case PICTURES -> showPictures(json);
            case LINES, BARS, NUMBER, HEATMAP -> {}
        }
        return json;
    }

    /// A mark in every panel where a trainer raised an event. `changes` would see one where a trainer is started again.
    private static void annotation(ObjectNode json, String name, String kind, String colour) {
        json.put("name", name).put("enable", true).put("iconColor", colour);
        datasource(json);
        json.put("expr", "increase(weft_trainer_events_total{kind=\"" + kind + "\"}[1m]) > 0");
        json.put("step", "15s").put("titleFormat", name + " · {{model}}").put("tagKeys", "model");
    }

    private static ObjectNode pipelines(ObjectNode variable, String name, String label, String metric) {
        variable.put("name", name).put("label", label).put("type", "query");
        variable.put("query", "label_values(" + metric + ", pipeline)")
                .put("refresh", 2)
                .put("sort", 1);
        datasource(variable);
        return variable;
    }

    /// What quality is told of; the query of such a variable is its list of values.
    private static void evidence(ObjectNode variable) {
        variable.put("name", "evidence").put("label", "Judged by").put("type", "custom");
        variable.put("query", "prequential,test,trained").put("multi", true).put("includeAll", false);
        variable.putArray("options");
        ObjectNode current = variable.putObject("current");
        current.putArray("text").add("prequential");
        current.putArray("value").add("prequential");
    }

    private static void shadeMatrix(ObjectNode json) {
        ObjectNode defaults = json.withObject("/fieldConfig/defaults");
        defaults.putObject("custom").putObject("cellOptions").put("type", "color-background");
        defaults.putObject("color").put("mode", "continuous-blues");
        ArrayNode transformations = json.putArray("transformations");
        sortBy(transformations, "label");
        ObjectNode matrix = transformations.addObject();
        matrix.put("id", "groupingToMatrix");
        matrix.putObject("options")
                .put("rowField", "cluster")
                .put("columnField", "label")
                .put("valueField", "Value");
        sortBy(transformations, "cluster\\label");
    }

    private static void showPictures(ObjectNode json) {
        ObjectNode override =
                json.withObject("/fieldConfig").withArray("overrides").addObject();
        override.putObject("matcher").put("id", "byName").put("options", "picture");
        ObjectNode cells = override.putArray("properties").addObject();
        cells.put("id", "custom.cellOptions");
        cells.putObject("value").put("type", "image");
        json.putObject("options").put("cellHeight", "lg");
        ArrayNode transformations = json.putArray("transformations");
        ObjectNode organise = transformations.addObject();
        organise.put("id", "organize");
        ObjectNode options = organise.putObject("options");
        options.putObject("excludeByName").put("Time", true);
        options.putObject("indexByName").put("cluster", 0).put("picture", 1).put("Value", 2);
        options.putObject("renameByName").put("Value", "images");
        sortBy(transformations, "cluster");
    }

    private static void sortBy(ArrayNode transformations, String field) {
        ObjectNode sort = transformations.addObject();
        sort.put("id", "sortBy");
        sort.putObject("options").putArray("sort").addObject().put("field", field);
    }

    private static void datasource(ObjectNode json) {
        json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }

    private static void place(ObjectNode json, int x, int y, int width, int height) {
        json.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }
}
