package io.github.trimaran.examples.exercise;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.style.StyleLosses;
import java.util.List;

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
  public String theory() {
    return """
        Let a be the activations of a layer, one row a channel, with N entries in all, and G = a a^T:

            L = 1 / (2 N)^2 * sum over i, j of (G[i,j] - Gs[i,j])^2
            dL/dG = 1 / (2 N^2) * (G - Gs)
            dL/da[k,p] = sum over i, j of dL/dG[i,j] * (delta[i,k] a[j,p] + a[i,p] delta[j,k])
                       = 1 / (2 N^2) * [(G - Gs) a + (G - Gs)^T a][k,p]

        G and Gs are symmetric, so both terms are equal, and

            dL/da = 1 / N^2 * (G - Gs) a

        The loss is a polynomial of degree four in each activation. Of such, the five-point difference is
        exact but for rounding, whatever its step.
        """;
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) {
    GradientReport report = new GradientReport(context.console());
    for (Shape shape : SHAPES) {
      Rng rng = Rng.seeded(context.options().seed());
      try (Scope scope = Scope.open("exercise 30b")) {
        Tensor styled = Tensor.of(backend, gaussian(shape, rng.fork("style")));
        Tensor target = StyleLosses.gram(styled);
        Tensor a = Tensor.of(backend, gaussian(shape, rng.fork("activations"))).requiresGrad();
        double[] automatic = Gradients.of(StyleLosses.style(a, target), a).get(a).toDoubles();
        double[] formula = StyleLosses.styleGradient(a.detach(), target).toDoubles();
        report.add(shape, automatic, formula, differences(a.detach(), target));
      }
    }
    return report.outcome(STEP);
  }

  private static HostArray gaussian(Shape shape, Rng rng) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextGaussian();
    }
    return HostArray.of(values, shape);
  }

  /** {@code (8 (f(+h) - f(-h)) - (f(+2h) - f(-2h))) / 12 h} for each activation. */
  private static double[] differences(Tensor a, Tensor target) {
    double[] gradient = new double[a.shape().size()];
    for (int i = 0; i < gradient.length; i++) {
      double near = loss(a, i, STEP, target) - loss(a, i, -STEP, target);
      double far = loss(a, i, 2 * STEP, target) - loss(a, i, -2 * STEP, target);
      gradient[i] = (8 * near - far) / (12 * STEP);
    }
    return gradient;
  }

  /** The loss with one activation moved. */
  private static double loss(Tensor a, int i, double step, Tensor target) {
    double[] moved = a.toDoubles();
    moved[i] += step;
    try (Scope scope = Scope.open("a difference")) {
      return StyleLosses.style(Tensor.of(a.backend(), HostArray.of(moved, a.shape())), target)
          .item();
    }
  }
}
