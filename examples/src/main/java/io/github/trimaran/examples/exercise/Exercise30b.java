package io.github.trimaran.examples.exercise;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.style.StyleLosses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The gradient of the style loss with respect to the feature maps, {@code 1/N^2 (G - Gs) a}:
 * automatic, by the formula and by differences, in float64.
 */
public final class Exercise30b implements Exercise {

  private static final List<Shape> SHAPES =
      List.of(Shape.of(3, 5), Shape.of(16, 9), Shape.of(1, 8, 6, 7), Shape.of(1, 24, 4, 5));

  /**
   * The loss is a polynomial of degree 4, for which the five-point difference is exact at any
   * distance.
   */
  private static final double STEP = 0.05;

  /** The largest element of each gradient, and how far the three are apart. */
  private record Comparison(double largest, double fromFormula, double fromDifferences) {

    double relativeToFormula() {
      return fromFormula / largest;
    }

    double relativeToDifferences() {
      return fromDifferences / largest;
    }
  }

  @Override
  public String id() {
    return "30b";
  }

  @Override
  public String question() {
    return "Show that the gradient of the style loss 1/(4 N^2) sum (G - Gs)^2 with respect to the"
        + " activations a, where G = a a^T, is 1/N^2 (G - Gs) a.";
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) {
    context.console().result(row("activations", "largest", "- formula", "- differences"));
    List<Run> runs = new ArrayList<>();
    double worstFormula = 0;
    double worstDifferences = 0;
    for (Shape shape : SHAPES) {
      Comparison found = compare(backend, shape, Rng.seeded(context.options().seed()));
      context
          .console()
          .result(
              row(
                  shape.toString(),
                  number(found.largest()),
                  number(found.fromFormula()),
                  number(found.fromDifferences())));
      runs.add(Run.of("activations " + shape, metrics(found)));
      worstFormula = Math.max(worstFormula, found.relativeToFormula());
      worstDifferences = Math.max(worstDifferences, found.relativeToDifferences());
    }
    return new Outcome(
        DataFacts.none(),
        Map.of("dtype", "float64", "step", STEP),
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

  private static Map<String, Object> metrics(Comparison found) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("max_abs_error_vs_formula", found.fromFormula());
    metrics.put("max_rel_error_vs_formula", found.relativeToFormula());
    metrics.put("max_rel_error_vs_finite_differences", found.relativeToDifferences());
    metrics.put("max_abs_gradient", found.largest());
    return metrics;
  }

  private static Comparison compare(Backend<?> backend, Shape shape, Rng rng) {
    double[] activations = gaussian(shape, rng.fork("activations"));
    try (Scope scope = Scope.open("exercise 30b")) {
      Tensor styled = Tensor.of(backend, HostArray.of(gaussian(shape, rng.fork("style")), shape));
      Tensor target = StyleLosses.gram(styled);
      Tensor a = Tensor.of(backend, HostArray.of(activations, shape)).requiresGrad();
      double[] automatic = Gradients.of(StyleLosses.style(a, target), a).get(a).toDoubles();
      double[] formula = StyleLosses.styleGradient(a.detach(), target).toDoubles();
      double[] differences = differences(backend, activations, shape, target);
      return new Comparison(
          largest(automatic, new double[automatic.length]),
          largest(automatic, formula),
          largest(automatic, differences));
    }
  }

  private static double[] gaussian(Shape shape, Rng rng) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextGaussian();
    }
    return values;
  }

  private static double[] differences(
      Backend<?> backend, double[] activations, Shape shape, Tensor target) {
    double[] gradient = new double[activations.length];
    for (int i = 0; i < gradient.length; i++) {
      double near =
          loss(backend, activations, i, STEP, shape, target)
              - loss(backend, activations, i, -STEP, shape, target);
      double far =
          loss(backend, activations, i, 2 * STEP, shape, target)
              - loss(backend, activations, i, -2 * STEP, shape, target);
      gradient[i] = (8 * near - far) / (12 * STEP);
    }
    return gradient;
  }

  private static double loss(
      Backend<?> backend, double[] activations, int i, double step, Shape shape, Tensor target) {
    double[] moved = activations.clone();
    moved[i] += step;
    try (Scope scope = Scope.open("a difference")) {
      return StyleLosses.style(Tensor.of(backend, HostArray.of(moved, shape)), target).item();
    }
  }

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

  private static String row(String shape, String largest, String formula, String differences) {
    return String.format("  %-14s %12s %12s %14s", shape, largest, formula, differences);
  }
}
