package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Samples;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.image.ContactSheet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link Forecast} tells of some products, beside what came. */
final class ForecastCharts {

  private static final int SHOWN = 4;

  private ForecastCharts() {}

  /** A chart each of the first products of these windows, at least four. */
  static BufferedImage of(Forecast.Network network, Samples windows) {
    Map<String, BufferedImage> charts = new LinkedHashMap<>();
    Batch batch = new DataLoader(windows, SHOWN).epoch(0).iterator().next();
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the charts of forecasts")) {
      Tensor seen = Tensor.of(network.backend(), batch.get(Batch.INPUT)).to(network.dtype());
      Tensor told = network.forward(seen, Mode.EVAL);
      Tensor naive = Forecast.lastYear(seen);
      Tensor came = Tensor.of(network.backend(), batch.get(Batch.TARGET));
      for (int i = 0; i < SHOWN; i++) {
        List<Double> before = months(seen, i);
        List<Double> unknown = Collections.nCopies(before.size(), Double.NaN);
        Map<String, List<Double>> lines = new LinkedHashMap<>();
        lines.put("seen, and what came", joined(before, months(came, i)));
        lines.put("as a year before", joined(unknown, months(naive, i)));
        lines.put("forecast", joined(unknown, months(told, i)));
        charts.put(
            "product " + (i + 1),
            Charts.picture("", "month", "sales over the mean of year 3, in %", lines));
      }
    }
    return ContactSheet.of(charts);
  }

  /** One product's numbers in %. */
  private static List<Double> months(Tensor all, int product) {
    List<Double> months = new ArrayList<>();
    for (double value : all.select(0, product).toDoubles()) {
      months.add(100 * value);
    }
    return months;
  }

  private static List<Double> joined(List<Double> first, List<Double> then) {
    List<Double> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }
}
