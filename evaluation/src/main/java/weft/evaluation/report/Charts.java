package weft.evaluation.report;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Charts as SVG.
final class Charts {
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /// Told apart by people who see fewer colours too (Okabe and Ito 2008).
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xE69F00),
        new Color(0x000000)
    };

    private static final int LEAST_WIDTH = 620;
    private static final int LEAST_HEIGHT = 480;

    /// Room for a count of five digits.
    private static final int CELL_WIDTH = 46;

    private static final int CELL_HEIGHT = 26;

    /// Room for names and titles.
    private static final int MARGIN = 160;

    /// Longer names would leave no room for the counts.
    private static final int LONGEST_NAME = 20;

    private static final Color[] SHADES = {Color.WHITE, new Color(0x08306B)};

    private Charts() {}

    /// One line.
    record Line(String name, List<? extends Number> x, List<Double> y) {}

    static String lines(String xTitle, String yTitle, List<Line> lines, boolean logarithmic) {
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(340)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setSeriesColors(COLOURS);
        chart.getStyler()
                .setXAxisLogarithmic(logarithmic)
                .setAxisTickLabelsFont(TEXT)
                .setAxisTitleFont(TEXT);
        chart.getStyler().setLegendBorderColor(Color.WHITE).setLegendFont(TEXT);
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            series.setMarker(logarithmic ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        }
        return svg(chart);
    }

    /// Draws a matrix that grows with the number of classes.
    ///
    /// @param names of the classes
    /// @param counts true class (row) by predicted class (column)
    static String confusion(List<String> names, Map<Integer, long[]> counts) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(Math.max(LEAST_WIDTH, MARGIN + CELL_WIDTH * names.size()))
                .height(Math.max(LEAST_HEIGHT, MARGIN + CELL_HEIGHT * names.size()))
                .xAxisTitle("predicted")
                .yAxisTitle("true")
                .build();
        chart.getStyler()
                .setRangeColors(SHADES)
                .setShowValue(true)
                .setHeatMapValueDecimalPattern("0")
                .setValueFont(TEXT)
                .setValueFontColor(new Color(0xB35806));
        chart.getStyler().setXAxisLabelRotation(40).setAxisTickLabelsFont(TEXT).setAxisTitleFont(TEXT);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setLegendVisible(false);
        List<Number[]> cells = counts.entrySet().stream()
                .flatMap(row -> IntStream.range(0, row.getValue().length)
                        .mapToObj(column -> new Number[] {column, row.getKey(), row.getValue()[column]}))
                .toList();
        List<String> titles = names.stream().map(Charts::shortened).toList();
        chart.addSeries("images", titles, titles, cells);
        return svg(chart);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String svg(Chart<?, ?> chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        return svg.substring(svg.indexOf("<svg"));
    }
}
