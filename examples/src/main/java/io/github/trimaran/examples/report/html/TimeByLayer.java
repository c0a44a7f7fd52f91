package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time went, if the run was profiled: by layer, and by operation in each layer. */
final class TimeByLayer {

  private static final int MOST_ROWS = 100;

  private TimeByLayer() {}

  /** Draws the entries of {@code profile}. */
  static Html draw(JsonNode profile) {
    Map<String, Double> layers = new LinkedHashMap<>();
    double total = 0;
    for (JsonNode entry : profile) {
      double seconds = entry.path("seconds").asDouble();
      layers.merge(layer(entry), seconds, Double::sum);
      total += seconds;
    }
    double all = Math.max(total, 1e-12);
    Grid byLayer = new Grid("layer", List.of("share", "seconds"));
    layers.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_ROWS)
        .forEach(
            e ->
                byLayer.row(
                    e.getKey(),
                    List.of(percent(e.getValue() / all), Values.number(e.getValue())),
                    false));
    Grid byOperation =
        new Grid("operation", List.of("layer", "share", "seconds", "calls", "µs a call"));
    int rows = 0;
    for (JsonNode entry : profile) {
      if (rows++ < MOST_ROWS) {
        double seconds = entry.path("seconds").asDouble();
        double calls = Math.max(1, entry.path("calls").asDouble());
        byOperation.row(
            Values.text(entry.path("operation")),
            List.of(
                layer(entry),
                percent(seconds / all),
                Values.number(seconds),
                Values.text(entry.path("calls")),
                Values.number(seconds / calls * 1e6)),
            false);
      }
    }
    Html html = new Html().add(byLayer.draw());
    html.open("details").element("summary", "By operation and layer");
    return html.add(byOperation.draw()).close();
  }

  private static String layer(JsonNode entry) {
    String layer = Values.text(entry.path("layer"));
    return layer.isEmpty() ? "outside layers" : layer;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
