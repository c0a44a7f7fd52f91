package io.github.trimaran.benchmarks.report;

import io.github.trimaran.io.files.AtomicFiles;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the report, PNG. */
public final class ReportCharts {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 520;

  private ReportCharts() {}

  /**
   * Draws those for which there are measurements.
   *
   * @return the files' names by title, in order
   */
  public static Map<String, String> draw(Results results, Path folder) throws IOException {
    List<Row> rows = results.measurements().stream().map(one -> Row.of(one, results)).toList();
    Map<String, String> charts = new LinkedHashMap<>();
    bars(
        charts,
        folder,
        "steps.png",
        "Training step of BasicConvNet, milliseconds",
        select(rows, "TrainingStep."),
        row -> row.measured().millis().value());
    bars(
        charts,
        folder,
        "matmul.png",
        "Matrix products, GFLOP/s",
        select(rows, "Matmul."),
        row -> row.rate() / 1e9);
    bars(
        charts,
        folder,
        "convolution.png",
        "Convolutions forward, GFLOP/s",
        select(rows, "Convolution.forward"),
        row -> row.rate() / 1e9);
    bars(
        charts,
        folder,
        "inference.png",
        "Latency of one image, milliseconds",
        select(rows, "Inference."),
        row -> row.measured().millis().value());
    roofline(charts, folder, results, rows);
    return charts;
  }

  private static List<Row> select(List<Row> rows, String prefix) {
    return rows.stream()
        .filter(row -> row.measured().of().benchmark().startsWith(prefix))
        .filter(row -> !"float64".equals(row.measured().of().parameters().get("dtype")))
        .toList();
  }

  /** A group of bars for each setting, one bar for each backend. */
  private static void bars(
      Map<String, String> charts,
      Path folder,
      String file,
      String title,
      List<Row> rows,
      ToDoubleFunction<Row> value)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> settings = new LinkedHashSet<>();
    Map<String, Map<String, Double>> byBackend = new LinkedHashMap<>();
    for (Row row : rows) {
      String setting = label(row);
      settings.add(setting);
      byBackend
          .computeIfAbsent(row.measured().of().backend(), key -> new LinkedHashMap<>())
          .put(setting, value.applyAsDouble(row));
    }
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartTitleBoxVisible(false);
    chart.getStyler().setXAxisLabelRotation(settings.size() > 4 ? 30 : 0);
    chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("0.#");
    byBackend.forEach(
        (backend, values) -> {
          List<Double> heights = new ArrayList<>();
          settings.forEach(setting -> heights.add(values.get(setting)));
          chart.addSeries(backend, new ArrayList<>(settings), heights);
        });
    save(chart, folder.resolve(file));
    charts.put(title, file);
  }

  private static String label(Row row) {
    Map<String, String> parameters = row.measured().of().parameters();
    List<String> parts = new ArrayList<>();
    parameters.forEach(
        (name, value) -> {
          if (!name.equals("backend") && !name.equals("dtype")) {
            parts.add(name.equals("batch") ? "of " + value : value);
          }
        });
    return parts.isEmpty() ? row.measured().of().benchmark() : String.join(" ", parts);
  }

  private static void roofline(
      Map<String, String> charts, Path folder, Results results, List<Row> rows) throws IOException {
    Peak peak = results.peak();
    Map<String, List<Row>> byBackend = new LinkedHashMap<>();
    for (Row row : rows) {
      boolean floats = "float32".equals(row.measured().of().parameters().get("dtype"));
      if (row.rate() > 0 && floats && row.cost().isPresent()) {
        byBackend.computeIfAbsent(row.measured().of().backend(), key -> new ArrayList<>()).add(row);
      }
    }
    if (byBackend.isEmpty() || peak.floats() == 0 || peak.bandwidth() == 0) {
      return;
    }
    String title = "Roofline, float32";
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("operations for each byte")
            .yAxisTitle("GFLOP/s")
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartTitleBoxVisible(false);
    double least = intensity(rows, true);
    double most = Math.max(intensity(rows, false), 2 * peak.floats() / peak.bandwidth());
    double ridge = peak.floats() / peak.bandwidth();
    List<Double> x = List.of(Math.min(least, ridge / 2), ridge, most);
    List<Double> y =
        x.stream().map(i -> Math.min(peak.floats(), i * peak.bandwidth()) / 1e9).toList();
    // Logarithmic axes have labels at whole decades only.
    DoubleSummaryStatistics rates =
        byBackend.values().stream()
            .flatMap(List::stream)
            .mapToDouble(row -> row.rate() / 1e9)
            .summaryStatistics();
    double slowest = Math.min(y.get(0), rates.getMin());
    double fastest = Math.max(peak.floats() / 1e9, rates.getMax());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(slowest))));
    chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(1.1 * fastest))));
    chart.getStyler().setXAxisMin(Math.pow(10, Math.floor(Math.log10(x.get(0)))));
    chart.getStyler().setXAxisMax(Math.pow(10, Math.ceil(Math.log10(most))));
    chart.addSeries("roof", x, y).setMarker(SeriesMarkers.NONE).setLineColor(Color.BLACK);
    byBackend.forEach(
        (backend, points) ->
            chart
                .addSeries(
                    backend,
                    points.stream().map(row -> row.cost().orElseThrow().intensity()).toList(),
                    points.stream().map(row -> row.rate() / 1e9).toList())
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter));
    save(chart, folder.resolve("roofline.png"));
    charts.put(title, "roofline.png");
  }

  private static double intensity(List<Row> rows, boolean least) {
    var all =
        rows.stream()
            .filter(row -> row.rate() > 0)
            .mapToDouble(row -> row.cost().orElseThrow().intensity());
    return (least ? all.min() : all.max()).orElse(1);
  }

  private static void save(Chart<?, ?> chart, Path file) throws IOException {
    AtomicFiles.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG));
  }
}
