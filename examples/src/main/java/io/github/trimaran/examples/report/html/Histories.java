package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which charts the histories of runs give: one for each quantity, its curves over each other. */
final class Histories {

  private static final int MOST_CHARTS = 24;

  /** A history of one run. */
  private record Course(String run, String series, String by, JsonNode values) {}

  private Histories() {}

  /**
   * Draws what runs went through.
   *
   * @param runs by what they are called in the legend; a missing node has no history
   */
  static Html draw(Map<String, JsonNode> runs) {
    Map<String, List<Course>> quantities = new LinkedHashMap<>();
    runs.forEach(
        (name, run) ->
            run.path("history")
                .properties()
                .forEach(
                    series -> {
                      if (series.getValue().size() > 1) {
                        quantities
                            .computeIfAbsent(quantity(series.getKey()), key -> new ArrayList<>())
                            .add(new Course(name, series.getKey(), by(run), series.getValue()));
                      }
                    }));
    Html html = new Html();
    quantities.entrySet().stream()
        .limit(MOST_CHARTS)
        .forEach(entry -> html.add(chart(entry.getKey(), entry.getValue())));
    single(html, runs);
    return html;
  }

  private static String by(JsonNode run) {
    return run.path("history_by").asText("epoch");
  }

  /** Accuracies share a chart: how far training and validation part is what one looks for. */
  private static String quantity(String series) {
    return series.endsWith("accuracy") ? "accuracy" : series;
  }

  private static Html chart(String quantity, List<Course> courses) {
    Set<String> runs = new LinkedHashSet<>();
    Set<String> series = new LinkedHashSet<>();
    for (Course course : courses) {
      runs.add(course.run());
      series.add(course.series());
    }
    List<Curve> curves = new ArrayList<>();
    for (Course course : courses.subList(0, Math.min(courses.size(), Chart.MOST_CURVES))) {
      String label = course.run() + ": " + course.series();
      if (runs.size() == 1) {
        label = course.series();
      } else if (series.size() == 1) {
        label = course.run();
      }
      curves.add(Curve.of(label, course.values()));
    }
    String unit = quantity.startsWith("step_") ? "step" : courses.get(0).by();
    Html html = new Chart(quantity, unit, curves).draw();
    int more = courses.size() - curves.size();
    if (more > 0) {
      html.element("p", more + " more are not drawn; result.json has them", "class", "quiet");
    }
    return html;
  }

  /** A history of one value is no curve. */
  private static void single(Html html, Map<String, JsonNode> runs) {
    Grid grid = new Grid("after the only epoch", List.of(""));
    runs.forEach(
        (name, run) ->
            run.path("history")
                .properties()
                .forEach(
                    series -> {
                      if (series.getValue().size() == 1) {
                        String label = runs.size() == 1 ? "" : name + ": ";
                        String value = Values.text(series.getValue().get(0));
                        grid.row(label + series.getKey(), List.of(value), false);
                      }
                    }));
    if (!grid.isEmpty()) {
      html.element("h3", "After the only epoch").add(grid.draw());
    }
  }
}
