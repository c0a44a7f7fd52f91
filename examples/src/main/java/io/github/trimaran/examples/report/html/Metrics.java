package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The metrics of runs beside each other. */
final class Metrics {

  private static final int MOST = 100;

  /** What the confusion matrix and what is below it show. */
  private static final Set<String> SHOWN_THERE =
      Set.of("confusion", "per_class_accuracy", "classes", "calibration", "examples");

  private Metrics() {}

  /**
   * Draws the table.
   *
   * @param runs by name; a missing node has no metrics
   * @param compared whether to tell how far numbers lie from those of the first run
   */
  static Html draw(Map<String, JsonNode> runs, boolean compared) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode run : runs.values()) {
      JsonNode metrics = run.path("metrics");
      boolean matrix = Confusion.isIn(metrics);
      metrics
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!(matrix && SHOWN_THERE.contains(name))) {
                  names.add(name);
                }
              });
    }
    List<String> columns = runs.size() == 1 ? List.of("") : List.copyOf(runs.keySet());
    Grid grid = new Grid("metric", columns);
    names.stream().limit(MOST).forEach(name -> grid.row(name, cells(name, runs, compared), false));
    return grid.draw();
  }

  private static List<String> cells(String name, Map<String, JsonNode> runs, boolean compared) {
    List<String> cells = new ArrayList<>();
    JsonNode first = null;
    for (JsonNode run : runs.values()) {
      JsonNode value = run.path("metrics").path(name);
      String text = Values.text(value);
      first = first == null ? value : first;
      if (compared && !cells.isEmpty() && first.isNumber() && value.isNumber()) {
        double difference = value.doubleValue() - first.doubleValue();
        text += difference == 0 ? " (=)" : " (" + signed(difference) + ")";
      }
      cells.add(text);
    }
    return cells;
  }

  private static String signed(double difference) {
    String text = String.format(Locale.ROOT, "%.2g", difference);
    return Values.number(Double.parseDouble(text)).replaceFirst("^(?=\\d)", "+").replace('-', '−');
  }
}
