package io.github.trimaran.examples.report;

import io.github.trimaran.io.files.AtomicFiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts, as PNG or to be put beside others. */
public final class Charts {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;

  private Charts() {}

  /**
   * Draws each series of values over its position, from 1.
   *
   * @param x the horizontal axis' label: {@code "epoch"}
   * @param y the vertical axis' label: {@code "loss"}
   * @param series by the name in the legend; none empty
   * @throws IOException if the file cannot be written
   */
  public static void lines(
      Path file, String title, String x, String y, Map<String, List<Double>> series)
      throws IOException {
    XYChart chart = chart(title, x, y, series);
    AtomicFiles.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG));
  }

  /** The same as a picture, to be put beside others; NaN leaves a gap in a line. */
  public static BufferedImage picture(
      String title, String x, String y, Map<String, List<Double>> series) {
    return BitmapEncoder.getBufferedImage(chart(title, x, y, series));
  }

  private static XYChart chart(String title, String x, String y, Map<String, List<Double>> series) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartTitleBoxVisible(false);
    series.forEach(
        (name, values) -> {
          List<Integer> positions = IntStream.rangeClosed(1, values.size()).boxed().toList();
          chart
              .addSeries(name, positions, values)
              .setMarker(values.size() > 30 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        });
    return chart;
  }
}
