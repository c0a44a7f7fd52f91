package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where time and memory went, if the run was profiled: by layer, and by operation in each layer.
 */
final class TimeByLayer {

  private static final int MOST_ROWS = 100;

  private TimeByLayer() {}

  /**
   * Draws the entries of {@code profile}.
   *
   * @param parameters bytes by layer, without the model's own name; may be missing
   */
  static Html draw(JsonNode profile, JsonNode parameters) {
    Map<String, Double> layers = new LinkedHashMap<>();
    Map<String, Double> made = new LinkedHashMap<>();
    double total = 0;
    for (JsonNode entry : profile) {
      double seconds = entry.path("seconds").asDouble();
      layers.merge(layer(entry), seconds, Double::sum);
      made.merge(layer(entry), entry.path("bytes").asDouble(), Double::sum);
      total += seconds;
    }
    double all = Math.max(total, 1e-12);
    Grid byLayer =
        new Grid("layer", List.of("share", "seconds", "values made, MB", "parameters, kB"));
    layers.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_ROWS)
        .forEach(
            e ->
                byLayer.row(
                    e.getKey(),
                    List.of(
                        percent(e.getValue() / all),
                        Values.number(e.getValue()),
                        Values.number(made.get(e.getKey()) / 1e6),
                        parameters(e.getKey(), parameters)),
                    false));
    Grid byOperation =
        new Grid(
            "operation", List.of("layer", "share", "seconds", "calls", "µs a call", "MB made"));
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
                Values.number(seconds / calls * 1e6),
                Values.number(entry.path("bytes").asDouble() / 1e6)),
            false);
      }
    }
    Html html = new Html().add(byLayer.draw());
    html.open("details").element("summary", "By operation and layer");
    return html.add(byOperation.draw()).close();
  }

  /** Layers of a profile begin with the model's name, those of its parameters do not. */
  private static String parameters(String layer, JsonNode parameters) {
    int end = layer.indexOf('/');
    JsonNode bytes = parameters.path(end < 0 ? "" : layer.substring(end + 1));
    return bytes.isNumber() ? Values.number(bytes.doubleValue() / 1e3) : "";
  }

  private static String layer(JsonNode entry) {
    String layer = Values.text(entry.path("layer"));
    return layer.isEmpty() ? "outside layers" : layer;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
