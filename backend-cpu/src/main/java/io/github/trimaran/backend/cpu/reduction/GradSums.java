package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.backend.cpu.memory.Reals;

/**
 * The sums over a channel that the gradients of its batch norm are made of, in one pass: of {@code
 * g} and of {@code g (x - mean)}. A row is summed in four parts, for a single sum would wait for
 * each addition to finish before the next.
 */
final class GradSums {

  private final double mean;
  private double grads;
  private double products;

  GradSums(double mean) {
    this.mean = mean;
  }

  /** Adds {@code count} elements of both, from the same address on. */
  void add(Reals g, Reals x, int from, int count) {
    double g0 = 0;
    double g1 = 0;
    double g2 = 0;
    double g3 = 0;
    double p0 = 0;
    double p1 = 0;
    double p2 = 0;
    double p3 = 0;
    int i = from;
    for (; i + 3 < from + count; i += 4) {
      double a = g.get(i);
      double b = g.get(i + 1);
      double c = g.get(i + 2);
      double d = g.get(i + 3);
      g0 += a;
      g1 += b;
      g2 += c;
      g3 += d;
      p0 += a * (x.get(i) - mean);
      p1 += b * (x.get(i + 1) - mean);
      p2 += c * (x.get(i + 2) - mean);
      p3 += d * (x.get(i + 3) - mean);
    }
    for (; i < from + count; i++) {
      g0 += g.get(i);
      p0 += g.get(i) * (x.get(i) - mean);
    }
    grads += (g0 + g1) + (g2 + g3);
    products += (p0 + p1) + (p2 + p3);
  }

  double ofGrads() {
    return grads;
  }

  double ofProducts() {
    return products;
  }
}
