package io.github.trimaran.autograd;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares gradients with central differences in float64, along random directions, so that the cost
 * does not grow with the tensors: for random {@code u} and {@code v}, with {@code phi(x) = <u,
 * f(x)>},
 *
 * <pre>
 * first order:   &lt;grad phi(x), v&gt;                against   d/dt phi(x + t v)
 * second order:  &lt;grad &lt;grad phi(x), w&gt;, v&gt;    against   d/dt &lt;grad phi(x + t v), w&gt;
 * </pre>
 *
 * <pre>{@code
 * HostArray point = HostArray.of(new double[] {0.3, -1.2, 2}, Shape.of(3));
 * GradientCheck check = GradientCheck.of(backend, in -> in.get(0).tanh(), point);
 * System.out.println(check.firstOrder(Rng.seeded(1)).error());    // some 1e-10
 * }</pre>
 *
 * <p>The function must be smooth within 2e-4 or so of the point: keep kinks and ties away from it.
 */
public final class GradientCheck {

  /** Half the distance of the inner pair of points; the outer pair lies twice as far out. */
  private static final double STEP = 1e-4;

  private static final int DIRECTIONS = 3;

  private final Backend<?> backend;
  private final Function<List<Tensor>, Tensor> function;
  private final List<HostArray> point;

  private GradientCheck(
      Backend<?> backend, Function<List<Tensor>, Tensor> function, List<HostArray> point) {
    this.backend = backend;
    this.function = function;
    this.point = point;
  }

  /**
   * What a check found.
   *
   * @param analytic the directional derivative by automatic differentiation
   * @param numeric the same by central differences
   * @param error their difference relative to the larger of both, or of 1
   */
  public record Result(double analytic, double numeric, double error) {}

  /**
   * A check of a function at a point.
   *
   * @param function from float64 tensors to one float64 tensor
   * @param point the values to check at, float64
   * @throws IllegalArgumentException if a value is not float64
   */
  public static GradientCheck of(
      Backend<?> backend, Function<List<Tensor>, Tensor> function, HostArray... point) {
    for (HostArray values : point) {
      if (values.dtype() != DType.FLOAT64) {
        throw new IllegalArgumentException(
            "gradient check: needs float64, is " + values.dtype() + " " + values.shape());
      }
    }
    return new GradientCheck(backend, function, List.of(point));
  }

  /** The worst first-order result over a few random directions. */
  public Result firstOrder(Rng rng) {
    return worst(rng, this::projection);
  }

  /** The worst second-order result over a few random directions. */
  public Result secondOrder(Rng rng) {
    return worst(
        rng,
        random -> {
          Function<List<Tensor>, Tensor> phi = projection(random);
          List<HostArray> w = randomLike(random);
          return xs -> {
            Gradients gradients =
                Gradients.differentiable(phi.apply(xs), xs.toArray(Tensor[]::new));
            return dot(xs.stream().map(gradients::get).toList(), w);
          };
        });
  }

  private Result worst(Rng rng, Function<Rng, Function<List<Tensor>, Tensor>> scalarFunction) {
    Result worst = null;
    for (int i = 0; i < DIRECTIONS; i++) {
      Function<List<Tensor>, Tensor> phi = scalarFunction.apply(rng);
      Result result = compare(phi, randomLike(rng));
      // Written so that an error of NaN counts as the worst.
      if (worst == null || !(result.error() <= worst.error())) {
        worst = result;
      }
    }
    return worst;
  }

  /** phi(x) = the sum of f(x), weighted at random. */
  private Function<List<Tensor>, Tensor> projection(Rng rng) {
    Rng weights = rng.fork("u");
    rng.nextLong();
    return xs -> {
      Tensor y = function.apply(xs);
      return dot(List.of(y), List.of(random(Rng.restore(weights.state()), y.shape())));
    };
  }

  private Result compare(Function<List<Tensor>, Tensor> phi, List<HostArray> direction) {
    double analytic;
    try (Scope scope = Scope.open()) {
      List<Tensor> xs = at(direction, 0);
      Gradients gradients = Gradients.of(phi.apply(xs), xs);
      analytic = dot(xs.stream().map(gradients::get).toList(), direction).item();
    }
    // Fourth-order central difference (Abramowitz and Stegun 25.3.21).
    double near = value(phi, direction, STEP) - value(phi, direction, -STEP);
    double far = value(phi, direction, 2 * STEP) - value(phi, direction, -2 * STEP);
    double numeric = (8 * near - far) / (12 * STEP);
    double scale = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
    return new Result(analytic, numeric, Math.abs(analytic - numeric) / scale);
  }

  private double value(
      Function<List<Tensor>, Tensor> phi, List<HostArray> direction, double distance) {
    try (Scope scope = Scope.open()) {
      return phi.apply(at(direction, distance)).item();
    }
  }

  private List<Tensor> at(List<HostArray> direction, double distance) {
    List<Tensor> xs = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      double[] moved = point.get(i).toDoubles();
      for (int j = 0; j < moved.length; j++) {
        moved[j] += distance * direction.get(i).get(j);
      }
      xs.add(Tensor.of(backend, HostArray.of(moved, point.get(i).shape())).requiresGrad());
    }
    return xs;
  }

  private Tensor dot(List<Tensor> tensors, List<HostArray> weights) {
    Tensor sum = Tensor.scalar(backend, 0, DType.FLOAT64);
    for (int i = 0; i < tensors.size(); i++) {
      sum = sum.add(tensors.get(i).mul(Tensor.of(backend, weights.get(i))).sum());
    }
    return sum;
  }

  private List<HostArray> randomLike(Rng rng) {
    return point.stream().map(values -> random(rng, values.shape())).toList();
  }

  private static HostArray random(Rng rng, Shape shape) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextDouble(-1, 1);
    }
    return HostArray.of(values, shape);
  }
}
