package io.github.trimaran.examples.report;

import io.github.trimaran.io.files.AtomicFiles;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Scatter plots side by side that share the vertical quantity: one panel for each other one. */
public final class ScatterPanels {

  private static final int WIDTH = 340;
  private static final int HEIGHT = 270;
  private static final int COLUMNS = 3;

  private final String vertical;
  private final List<XYChart> charts = new ArrayList<>();

  /** Panels whose vertical axis has this label. */
  public ScatterPanels(String vertical) {
    this.vertical = vertical;
  }

  /**
   * Points of one series.
   *
   * @param x horizontal values
   * @param y vertical values, as many
   */
  public record Points(List<Double> x, List<Double> y) {}

  /** Adds a panel over a positive number on a logarithmic axis of this range. */
  public void addLogarithmic(String label, double low, double high, Map<String, Points> series) {
    // The axis gets logarithms: a logarithmic one would put its labels where they do not belong.
    Map<String, Points> logarithms = new LinkedHashMap<>();
    series.forEach(
        (name, points) ->
            logarithms.put(
                name, new Points(points.x().stream().map(Math::log10).toList(), points.y())));
    XYChart chart = chart(label, logarithms);
    chart
        .getStyler()
        .setXAxisMin(Math.log10(low))
        .setXAxisMax(Math.log10(high))
        .setxAxisTickLabelsFormattingFunction(
            x -> String.format(Locale.ROOT, "%.0e", Math.pow(10, x)));
    charts.add(chart);
  }

  /** Adds a panel over choices: x is the choice's position in the list, from 0. */
  public void addChoices(String label, List<String> choices, Map<String, Points> series) {
    XYChart chart = chart(label + ": " + String.join(" | ", choices), series);
    chart
        .getStyler()
        .setXAxisMin(-0.5)
        .setXAxisMax(choices.size() - 0.5)
        .setXAxisTicksVisible(false);
    charts.add(chart);
  }

  private XYChart chart(String label, Map<String, Points> series) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(label)
            .yAxisTitle(vertical)
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.InsideS)
        .setLegendVisible(charts.isEmpty())
        .setMarkerSize(7);
    new LinkedHashMap<>(series)
        .forEach((name, points) -> chart.addSeries(name, points.x(), points.y()));
    return chart;
  }

  /** Writes all panels as one PNG. */
  public void write(Path file) throws IOException {
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    AtomicFiles.write(
        file, out -> BitmapEncoder.saveBitmap(charts, rows, COLUMNS, out, BitmapFormat.PNG));
  }
}
