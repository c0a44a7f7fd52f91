package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** The confusion matrix of a run: a row for each true class, a column for each answer. */
final class Confusion {

  private static final int MOST_CLASSES = 100;

  private Confusion() {}

  /** Whether a run's metrics hold a square of numbers that can be shown. */
  static boolean isIn(JsonNode metrics) {
    JsonNode rows = metrics.path("confusion");
    if (!rows.isArray() || rows.isEmpty() || rows.size() > MOST_CLASSES) {
      return false;
    }
    for (JsonNode row : rows) {
      if (!row.isArray() || row.size() != rows.size()) {
        return false;
      }
      for (JsonNode count : row) {
        if (!count.isNumber()) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Draws it. Right answers are shaded by their share of the row, mistakes by the commonest one.
   *
   * @param examples that cells lead to, if there are some
   */
  static Html draw(JsonNode metrics, Optional<Examples> examples) {
    JsonNode rows = metrics.get("confusion");
    double mostMistakes = mostMistakes(rows);
    Html html = new Html().open("div", "class", "scroll", "tabindex", "0");
    html.open("table", "class", "confusion");
    html.element(
        "caption",
        "Rows: the true class. Columns: what the network said. The reddest is the commonest mistake."
            + (examples.isPresent() ? " Numbers lead to pictures." : ""));
    html.open("thead").open("tr").element("th", "class", "scope", "col");
    for (int i = 0; i < rows.size(); i++) {
      html.element("th", name(metrics, i), "scope", "col");
    }
    html.element("th", "correct", "scope", "col").close().close().open("tbody");
    for (int i = 0; i < rows.size(); i++) {
      double total = 0;
      for (JsonNode count : rows.get(i)) {
        total += count.doubleValue();
      }
      html.open("tr").element("th", name(metrics, i), "scope", "row");
      for (int j = 0; j < rows.size(); j++) {
        JsonNode count = rows.get(i).get(j);
        double whole = i == j ? total : mostMistakes;
        double share = whole > 0 ? count.doubleValue() / whole : 0;
        html.open(
            "td",
            "class",
            i == j ? "right" : "wrong",
            "style",
            String.format(Locale.ROOT, "--share:%.3f", share));
        number(html, Values.text(count), address(examples, i, j));
        html.close();
      }
      double correct = rows.get(i).get(i).doubleValue() / total;
      html.element("td", total > 0 ? percent(correct) : "–");
      html.close();
    }
    return html.close().close().close();
  }

  private static Optional<String> address(Optional<Examples> examples, int label, int predicted) {
    return examples.flatMap(there -> there.address(label, predicted));
  }

  private static void number(Html html, String count, Optional<String> address) {
    if (address.isPresent()) {
      html.element("a", count, "href", address.get());
    } else {
      html.text(count);
    }
  }

  /** The largest count beside the diagonal. */
  private static double mostMistakes(JsonNode rows) {
    double most = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        most = i == j ? most : Math.max(most, rows.get(i).get(j).doubleValue());
      }
    }
    return most;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Results of older versions do not name the classes. */
  static String name(JsonNode metrics, int index) {
    JsonNode name = metrics.path("classes").path(index);
    return name.isTextual() ? Values.text(name) : Integer.toString(index);
  }
}
