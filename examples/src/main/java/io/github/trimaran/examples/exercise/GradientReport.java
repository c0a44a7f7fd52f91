package io.github.trimaran.examples.exercise;

import io.github.trimaran.array.Shape;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What exercise 30b tells: how far three ways to the same gradient are apart. */
final class GradientReport {

  private final Console console;
  private final List<Run> runs = new ArrayList<>();
  private double worstFormula;
  private double worstDifferences;

  /** Tells a line a comparison on a console. */
  GradientReport(Console console) {
    this.console = console;
    tell("activations", "largest", "- formula", "- differences");
  }

  /** Compares gradients with respect to activations of that shape. */
  void add(Shape shape, double[] automatic, double[] formula, double[] differences) {
    double largest = largest(automatic, new double[automatic.length]);
    double fromFormula = largest(automatic, formula);
    double fromDifferences = largest(automatic, differences);
    tell(shape.toString(), number(largest), number(fromFormula), number(fromDifferences));
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("max_abs_error_vs_formula", fromFormula);
    metrics.put("max_rel_error_vs_formula", fromFormula / largest);
    metrics.put("max_rel_error_vs_finite_differences", fromDifferences / largest);
    metrics.put("max_abs_gradient", largest);
    runs.add(Run.of("activations " + shape, metrics));
    worstFormula = Math.max(worstFormula, fromFormula / largest);
    worstDifferences = Math.max(worstDifferences, fromDifferences / largest);
  }

  /**
   * All comparisons.
   *
   * @param step how far the differences went
   */
  Outcome outcome(double step) {
    return new Outcome(
        DataFacts.none(),
        Map.of("dtype", "float64", "step", step),
        runs,
        List.of(),
        String.format(
            Locale.ROOT,
            "relative to its largest element, the automatic gradient is within %.1e of the formula"
                + " and within %.1e of central differences; the derivation is in"
                + " docs/exercises/30.md.",
            worstFormula,
            worstDifferences));
  }

  /** The largest difference of two elements. */
  private static double largest(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3e", value);
  }

  private void tell(String shape, String largest, String formula, String differences) {
    console.result(String.format("  %-14s %12s %12s %14s", shape, largest, formula, differences));
  }
}
