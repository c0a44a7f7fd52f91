package io.github.trimaran.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Derivatives of an operation's definition by central differences, along directions: for {@code
 * phi(x) = <u, f(x)>}. The definition computes in double, so these hold for results in float32 too.
 *
 * @param oracle f
 * @param point x
 * @param weights u, a grid for each result
 */
record Differences(Operation.Oracle oracle, List<Grid> point, List<Grid> weights) {

  private static final double STEP = 1e-3;

  /** {@code d/dt phi(x + t v)}, exact but for terms of order STEP^4. */
  double first(List<Grid> v) {
    double near = phi(v, STEP, v, 0) - phi(v, -STEP, v, 0);
    double far = phi(v, 2 * STEP, v, 0) - phi(v, -2 * STEP, v, 0);
    return (8 * near - far) / (12 * STEP);
  }

  /** {@code d/dt d/ds phi(x + t v + s w)}, likewise. */
  double second(List<Grid> v, List<Grid> w) {
    return (4 * mixed(v, w, 2 * STEP) - mixed(v, w, 4 * STEP)) / 3;
  }

  private double mixed(List<Grid> v, List<Grid> w, double step) {
    double alike = phi(v, step, w, step) + phi(v, -step, w, -step);
    double unlike = phi(v, step, w, -step) + phi(v, -step, w, step);
    return (alike - unlike) / (4 * step * step);
  }

  private double phi(List<Grid> v, double t, List<Grid> w, double s) {
    List<Grid> moved = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      Grid x = point.get(i);
      double[] values = x.values().clone();
      if (x.dtype().isFloating()) {
        for (int j = 0; j < values.length; j++) {
          values[j] += t * v.get(i).values()[j] + s * w.get(i).values()[j];
        }
      }
      moved.add(new Grid(x.shape(), x.dtype(), values));
    }
    List<Grid> results = oracle.apply(moved);
    double sum = 0;
    for (int i = 0; i < results.size(); i++) {
      sum += dot(results.get(i), weights.get(i));
    }
    return sum;
  }

  static double dot(Grid a, Grid b) {
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      sum += a.values()[i] * b.values()[i];
    }
    return sum;
  }
}
