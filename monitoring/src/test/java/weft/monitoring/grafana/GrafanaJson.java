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
    private static final int WIDTH = 8;
    private static final int HEIGHT = 8;

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
        ArrayNode variables = root.putObject("templating").putArray("list");
        ObjectNode source = variables.addObject();
        source.put("name", "datasource").put("label", "Data source").put("type", "datasource");
        source.put("query", "prometheus");
        source.putObject("current").put("text", "Prometheus").put("value", "weft-prometheus");
        if (dashboard.byPipeline()) {
            ObjectNode pipeline = variables.addObject();
            pipeline.put("name", "pipeline").put("label", "Pipeline").put("type", "query");
            pipeline.put("query", "label_values(weft_quality, pipeline)").put("refresh", 2);
            pipeline.put("multi", true).put("includeAll", true).put("sort", 1);
            datasource(pipeline);
            pipeline.putObject("current").put("text", "All").put("value", "$__all");
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
            int x = 0;
            for (Panel panel : section.panels()) {
                place(panel(panels.addObject(), panel).put("id", id++), x, y, WIDTH, HEIGHT);
                x += WIDTH;
            }
            y += HEIGHT;
        }
        if (dashboard.byPipeline()) {
            place(pictures(panels.addObject()).put("id", id), 0, y, COLUMNS, 4);
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
                    case MATRIX -> "table";
                    case HEATMAP -> "heatmap";
                });
        json.put("title", panel.title()).put("description", panel.description());
        datasource(json);
        ObjectNode defaults = json.putObject("fieldConfig").putObject("defaults");
        defaults.put("unit", panel.unit());
        json.withObject("/fieldConfig").putArray("overrides");
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
                case MATRIX -> target.put("instant", true).put("format", "table");
            }
            if (panel.kind() == Panel.Kind.HEATMAP) {
                target.put("format", "heatmap");
            }
        }
        if (panel.kind() == Panel.Kind.MATRIX) {
            defaults.putObject("custom").putObject("cellOptions").put("type", "color-background");
            defaults.putObject("color").put("mode", "continuous-blues");
            ObjectNode matrix = json.putArray("transformations").addObject();
            matrix.put("id", "groupingToMatrix");
            matrix.putObject("options")
                    .put("rowField", "cluster")
                    .put("columnField", "label")
                    .put("valueField", "Value");
        }
        return json;
    }

    /// Pictures come from the live page, which draws what a cluster stands for.
    private static ObjectNode pictures(ObjectNode json) {
        StringBuilder html = new StringBuilder();
        for (int cluster = 0; cluster < 10; cluster++) {
            html.append("<img alt=\"cluster ")
                    .append(cluster)
                    .append("\" width=\"84\" src=\"$page/clusters/$pipeline/")
                    .append(cluster)
                    .append(".png\"> ");
        }
        json.put("type", "text").put("title", "What clusters stand for");
        json.put("description", "The first ten clusters, drawn by the live page; choose one pipeline above.");
        json.putObject("options").put("mode", "html").put("content", html.toString());
        return json;
    }

    private static void datasource(ObjectNode json) {
        json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }

    private static void place(ObjectNode json, int x, int y, int width, int height) {
        json.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }
}
