package io.github.trimaran.optim;

import java.util.function.Function;

/**
 * Steps are clipped to bounds, and halved until the loss falls enough (Armijo): {@code f(x + t d) <
 * f(x) + 1e-4 t d^T g}.
 *
 * @param low the smallest value a number may have
 * @param high the largest
 */
record Backtracking(double low, double high) implements LineSearch {

  private static final int MAX_HALVINGS = 12;
  private static final double SUFFICIENT = 1e-4;

  @Override
  public Point search(
      Function<double[], Point> loss, Point start, double[] direction, double first) {
    double slope = Vectors.dot(direction, start.gradient());
    double t = first;
    for (int i = 0; i < MAX_HALVINGS; i++, t /= 2) {
      Point found = loss.apply(moved(start.x(), direction, t));
      if (found.loss() < start.loss() + SUFFICIENT * t * slope) {
        return found;
      }
    }
    return null;
  }

  private double[] moved(double[] x, double[] direction, double t) {
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      moved[i] = Math.max(low, Math.min(high, x[i] + t * direction[i]));
    }
    return moved;
  }
}
