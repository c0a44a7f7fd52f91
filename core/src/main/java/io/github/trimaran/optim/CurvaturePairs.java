package io.github.trimaran.optim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last steps and how the gradient changed with each, from which L-BFGS knows the curvature
 * (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.4).
 */
final class CurvaturePairs {

  /**
   * One step.
   *
   * @param s by how much the point moved
   * @param y by how much the gradient changed
   * @param rho {@code 1 / s^T y}
   */
  record Pair(double[] s, double[] y, double rho) {}

  /** With less curvature, a pair says nothing but rounding. */
  private static final double MIN_CURVATURE = 1e-10;

  private final int limit;

  /** The newest first. */
  private final Deque<Pair> pairs = new ArrayDeque<>();

  CurvaturePairs(int limit) {
    this.limit = limit;
  }

  /** Takes note of a step, and forgets the oldest beyond the limit. */
  void add(double[] s, double[] y) {
    double curvature = Vectors.dot(s, y);
    if (curvature > MIN_CURVATURE * Vectors.dot(y, y)) {
      pairs.addFirst(new Pair(s, y, 1 / curvature));
      if (pairs.size() > limit) {
        pairs.removeLast();
      }
    }
  }

  /** Minus the inverse Hessian's approximation times the gradient: the two-loop recursion. */
  double[] direction(double[] gradient) {
    double[] q = Vectors.scaled(gradient, -1);
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = pair.rho() * Vectors.dot(pair.s(), q);
      Vectors.addScaled(q, pair.y(), -alphas[i++]);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      double scale = 1 / (newest.rho() * Vectors.dot(newest.y(), newest.y()));
      q = Vectors.scaled(q, scale);
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      double beta = pair.rho() * Vectors.dot(pair.y(), q);
      Vectors.addScaled(q, pair.s(), alphas[--i] - beta);
    }
    return q;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  void clear() {
    pairs.clear();
  }

  /** The oldest first. */
  List<Pair> inOrder() {
    List<Pair> ordered = new ArrayList<>();
    pairs.descendingIterator().forEachRemaining(ordered::add);
    return ordered;
  }
}
