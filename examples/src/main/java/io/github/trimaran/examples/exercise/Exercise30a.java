package io.github.trimaran.examples.exercise;

import io.github.trimaran.array.DType;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The derivative of y = 2 x sin(pi x) at x = 3/2, in float64. By hand:
 *
 * <pre>
 * y'  = 2 sin(pi x) + 2 pi x cos(pi x)             = -2      at 3/2
 * y'' = 4 pi cos(pi x) - 2 pi^2 x sin(pi x)        = 3 pi^2  at 3/2
 * </pre>
 */
public final class Exercise30a implements Exercise {

  private static final double X = 1.5;

  @Override
  public String id() {
    return "30a";
  }

  @Override
  public String question() {
    return "The derivative of x -> 2x sin(pi x) at x = 3/2 by automatic differentiation, in"
        + " float64.";
  }

  /** {@code 2 x sin(pi x)}. */
  static Tensor function(Tensor x) {
    return x.mul(2).mul(x.mul(Math.PI).sin());
  }

  @Override
  public String theory() {
    return """
        By the product rule and the chain rule:

            y   = 2 x sin(pi x)
            y'  = 2 sin(pi x) + 2 pi x cos(pi x)           = -2        at x = 3/2
            y'' = 4 pi cos(pi x) - 2 pi^2 x sin(pi x)      = 3 pi^2    at x = 3/2

        Automatic differentiation applies the chain rule to the numbers as they are computed: each
        operation leaves behind how to turn the gradient of its result into those of its operands, and a
        walk from y back to x multiplies these together. Nothing is approximated but by rounding. The
        walk is recorded itself, so that it can be differentiated again.
        """;
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) {
    double value;
    double first;
    double second;
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.scalar(backend, X, DType.FLOAT64).requiresGrad();
      Tensor y = function(x);
      Tensor dy = Gradients.differentiable(y, x).get(x);
      value = y.item();
      first = dy.item();
      second = Gradients.of(dy, x).get(x).item();
    }
    double analyticFirst = -2;
    double analyticSecond = 3 * Math.PI * Math.PI;
    context.console().result(row("", "automatic", "analytic", "error"));
    context.console().result(row("y(3/2)", value, -3));
    context.console().result(row("y'(3/2)", first, analyticFirst));
    context.console().result(row("y''(3/2)", second, analyticSecond));

    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("y", value);
    metrics.put("dy_dx", first);
    metrics.put("analytic", analyticFirst);
    metrics.put("abs_error", Math.abs(first - analyticFirst));
    metrics.put("d2y_dx2", second);
    metrics.put("analytic_second", analyticSecond);
    metrics.put("abs_error_second", Math.abs(second - analyticSecond));
    return new Outcome(
        DataFacts.none(),
        Map.of("x", X, "dtype", "float64"),
        List.of(Run.of("2x sin(pi x) at 3/2", metrics)),
        List.of(),
        String.format(
            Locale.ROOT,
            "y' = %.15g, the analytic value is -2: they differ by %.2g.",
            first,
            Math.abs(first - analyticFirst)));
  }

  private static String row(String name, double found, double analytic) {
    return row(
        name,
        String.format(Locale.ROOT, "%.15f", found),
        String.format(Locale.ROOT, "%.15f", analytic),
        String.format(Locale.ROOT, "%.2g", Math.abs(found - analytic)));
  }

  private static String row(String name, String found, String analytic, String error) {
    return String.format("  %-9s %20s %20s %10s", name, found, analytic, error);
  }
}
