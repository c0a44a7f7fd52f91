package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.normal;
import static io.github.trimaran.backend.djl.Djl.reversedInMemory;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The optimisers' updates against their formulas, for one share and for several. */
@Tag("one-jdk")
class UpdatesTest {

  private static final double RATE = 0.1;
  private static final double DECAY = 0.2;

  @ParameterizedTest
  @CsvSource({"FLOAT32, 7, 5", "FLOAT64, 7, 5", "FLOAT32, 301, 257", "FLOAT64, 301, 257"})
  void adam(DType dtype, int rows, int columns) {
    Shape shape = Shape.of(rows, columns);
    double[] w = normal(shape, 1);
    double[] g = normal(shape, 2);
    NDArray parameter = array(dtype, shape, w);
    NDArray mean = DJL.broadcastTo(array(dtype, Shape.scalar(), 0.5), shape);
    NDArray square = reversedInMemory(dtype, shape, filled(shape, 2));
    NDArray gradient = reversedInMemory(dtype, shape, g);
    AdamStep step = new AdamStep(RATE, 0.9, 0.99, 1e-3, DECAY, 0.19, 0.0199);
    assertThat(DJL.adamUpdate(parameter, gradient, mean, square, step)).isTrue();
    double[] m = new double[w.length];
    double[] s = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      m[i] = 0.9 * 0.5 + 0.1 * g[i];
      s[i] = 0.99 * 2 + 0.01 * g[i] * g[i];
      w[i] -= RATE * DECAY * w[i];
      w[i] -= RATE * (m[i] / 0.19) / (Math.sqrt(s[i] / 0.0199) + 1e-3);
    }
    check(dtype, parameter, w);
    check(dtype, mean, m);
    check(dtype, square, s);
    assertThat(values(gradient)).containsExactly(g, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, false, false", "FLOAT32, true, false", "FLOAT32, true, true",
    "FLOAT64, false, false", "FLOAT64, true, false", "FLOAT64, true, true"
  })
  void sgd(DType dtype, boolean momentum, boolean nesterov) {
    Shape shape = Shape.of(70_001);
    double[] w = normal(shape, 3);
    double[] g = normal(shape, 4);
    double[] v = normal(shape, 5);
    NDArray parameter = array(dtype, shape, w);
    NDArray velocity = momentum ? array(dtype, shape, v) : null;
    double mu = momentum ? 0.8 : 0;
    SgdStep step = new SgdStep(RATE, mu, nesterov, DECAY);
    assertThat(DJL.sgdUpdate(parameter, array(dtype, shape, g), velocity, step)).isTrue();
    for (int i = 0; i < w.length; i++) {
      v[i] = mu * v[i] + g[i];
      w[i] -= RATE * DECAY * w[i] + RATE * (nesterov ? g[i] + mu * v[i] : v[i]);
    }
    check(dtype, parameter, w);
    if (momentum) {
      check(dtype, velocity, v);
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, false", "FLOAT32, true", "FLOAT64, false", "FLOAT64, true"})
  void rmsProp(DType dtype, boolean momentum) {
    Shape shape = Shape.of(70_001);
    double[] w = normal(shape, 6);
    double[] g = normal(shape, 7);
    double[] v = normal(shape, 8);
    double[] s = filled(shape, 3);
    NDArray parameter = array(dtype, shape, w);
    NDArray square = array(dtype, shape, s);
    NDArray velocity = momentum ? array(dtype, shape, v) : null;
    double mu = momentum ? 0.7 : 0;
    RmsPropStep step = new RmsPropStep(RATE, 0.9, 1e-3, mu, DECAY);
    assertThat(DJL.rmsPropUpdate(parameter, array(dtype, shape, g), square, velocity, step))
        .isTrue();
    for (int i = 0; i < w.length; i++) {
      s[i] = 0.9 * s[i] + 0.1 * g[i] * g[i];
      v[i] = mu * v[i] + g[i] / (Math.sqrt(s[i]) + 1e-3);
      w[i] -= RATE * DECAY * w[i] + RATE * v[i];
    }
    check(dtype, parameter, w);
    check(dtype, square, s);
    if (momentum) {
      check(dtype, velocity, v);
    }
  }

  private static double[] filled(Shape shape, double value) {
    double[] values = new double[shape.size()];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static void check(DType dtype, NDArray actual, double[] expected) {
    double tolerance = dtype == DType.FLOAT32 ? 2e-6 : 1e-13;
    assertThat(values(actual)).containsExactly(expected, within(tolerance));
  }
}
