package io.github.trimaran.vision.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  /** Rosenbrock's valley, minimum 0 at (1, 1). */
  private static double rosenbrock(double[] x, double[] gradient) {
    double a = 1 - x[0];
    double b = x[1] - x[0] * x[0];
    gradient[0] = -2 * a - 400 * x[0] * b;
    gradient[1] = 200 * b;
    return a * a + 100 * b * b;
  }

  @Test
  void findsTheEndOfACurvedValley() {
    Lbfgs descent = new Lbfgs(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, -10, 10);
    int steps = 0;
    while (descent.loss() > 1e-16 && descent.step(0.1)) {
      steps++;
    }
    assertThat(descent.point()).containsExactly(new double[] {1, 1}, within(1e-6));
    assertThat(steps).isLessThan(80);
  }

  @Test
  void neverGoesUpAndStaysWithinTheBounds() {
    Lbfgs descent = new Lbfgs(LbfgsTest::rosenbrock, new double[] {-0.5, 0.5}, -0.7, 0.7);
    double before = descent.loss();
    for (int i = 0; i < 60 && descent.step(0.1); i++) {
      assertThat(descent.loss()).isLessThanOrEqualTo(before);
      for (double value : descent.point()) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo(0.7);
      }
      before = descent.loss();
    }
    // On the bound x = 0.7 the best is y = 0.49.
    assertThat(descent.point()).containsExactly(new double[] {0.7, 0.49}, within(1e-3));
  }
}
