package io.github.trimaran.vision.style;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4
 * and 7.5) within bounds: after each step values are clipped to them. Steps are halved until the
 * loss falls enough (Armijo).
 */
public final class Lbfgs {

  /** A loss and its gradient. */
  @FunctionalInterface
  public interface Objective {
    /** The loss at {@code x}; puts its gradient into {@code gradient}. */
    double evaluate(double[] x, double[] gradient);
  }

  private record Pair(double[] s, double[] y, double rho) {}

  private static final int HISTORY = 20;
  private static final int MAX_HALVINGS = 12;
  private static final double SUFFICIENT = 1e-4;
  private static final double MIN_CURVATURE = 1e-10;

  private final Objective objective;
  private final double low;
  private final double high;
  private final Deque<Pair> pairs = new ArrayDeque<>();
  private double[] x;
  private double[] gradient;
  private double loss;

  /** Begins at {@code start}, within the bounds. */
  public Lbfgs(Objective objective, double[] start, double low, double high) {
    this.objective = objective;
    this.low = low;
    this.high = high;
    this.x = start.clone();
    this.gradient = new double[x.length];
    this.loss = objective.evaluate(x, gradient);
  }

  /** The present point; not a copy. */
  public double[] point() {
    return x;
  }

  /** The loss there. */
  public double loss() {
    return loss;
  }

  /**
   * One step.
   *
   * @param firstStep how far the largest component moves in the very first step, for which nothing
   *     is known of the curvature
   * @return whether the loss fell; false at a minimum, as far as the precision of the loss goes
   */
  public boolean step(double firstStep) {
    double[] direction = direction();
    double slope = dot(direction, gradient);
    if (slope >= 0) {
      pairs.clear();
      direction = scaled(gradient, -1);
      slope = -dot(gradient, gradient);
    }
    double t = pairs.isEmpty() ? firstStep / Math.max(largest(direction), Double.MIN_NORMAL) : 1;
    for (int i = 0; i < MAX_HALVINGS; i++, t /= 2) {
      double[] candidate = moved(direction, t);
      double[] newGradient = new double[x.length];
      double newLoss = objective.evaluate(candidate, newGradient);
      if (newLoss < loss + SUFFICIENT * t * slope) {
        remember(difference(candidate, x), difference(newGradient, gradient));
        x = candidate;
        gradient = newGradient;
        loss = newLoss;
        return true;
      }
    }
    boolean wasQuasiNewton = !pairs.isEmpty();
    pairs.clear();
    return wasQuasiNewton;
  }

  /** Minus the inverse Hessian's approximation times the gradient: the two-loop recursion. */
  private double[] direction() {
    double[] q = scaled(gradient, -1);
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = pair.rho() * dot(pair.s(), q);
      addScaled(q, pair.y(), -alphas[i++]);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      double scale = 1 / (newest.rho() * dot(newest.y(), newest.y()));
      q = scaled(q, scale);
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      double beta = pair.rho() * dot(pair.y(), q);
      addScaled(q, pair.s(), alphas[--i] - beta);
    }
    return q;
  }

  private void remember(double[] s, double[] y) {
    double curvature = dot(s, y);
    if (curvature > MIN_CURVATURE * dot(y, y)) {
      pairs.addFirst(new Pair(s, y, 1 / curvature));
      if (pairs.size() > HISTORY) {
        pairs.removeLast();
      }
    }
  }

  private double[] moved(double[] direction, double t) {
    double[] candidate = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      candidate[i] = Math.max(low, Math.min(high, x[i] + t * direction[i]));
    }
    return candidate;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] target, double[] values, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * values[i];
    }
  }

  private static double[] scaled(double[] values, double factor) {
    double[] result = new double[values.length];
    addScaled(result, values, factor);
    return result;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = a.clone();
    addScaled(result, b, -1);
    return result;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
