package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Values over their position, from 1.
 *
 * @param label in the legend
 * @param values NaN where there is none
 */
record Curve(String label, List<Double> values) {

  /** Out of a history; what is no number, or none that can be drawn, is a gap. */
  static Curve of(String label, JsonNode history) {
    List<Double> values = new ArrayList<>();
    for (JsonNode value : history) {
      double number = value.isNumber() ? value.doubleValue() : Double.NaN;
      values.add(Math.abs(number) < 1e100 ? number : Double.NaN);
    }
    return new Curve(label, values);
  }

  /** Means of so many neighbours each: fewer points, and less noise. */
  Curve thinned(int every) {
    List<Double> means = new ArrayList<>();
    for (int from = 0; from < values.size(); from += every) {
      List<Double> part = values.subList(from, Math.min(from + every, values.size()));
      means.add(part.stream().mapToDouble(v -> v).average().orElse(Double.NaN));
    }
    return new Curve(label, means);
  }

  /** The value at an index, NaN beyond the end. */
  double at(int index) {
    return index < values.size() ? values.get(index) : Double.NaN;
  }
}
