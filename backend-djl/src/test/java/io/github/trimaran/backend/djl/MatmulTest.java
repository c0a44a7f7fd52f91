package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.floats;
import static io.github.trimaran.backend.djl.Djl.normal;
import static io.github.trimaran.backend.djl.Djl.reversedInMemory;
import static io.github.trimaran.backend.djl.Djl.tolerance;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrix products on both sides of the size from which oneDNN takes them, in all layouts. */
class MatmulTest {

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 3, 4, 5", "FLOAT32, 50, 40, 30", "FLOAT32, 20, 300, 40", "FLOAT32, 200, 30, 20",
    "FLOAT32, 1, 300, 200", "FLOAT32, 200, 300, 1", "FLOAT32, 0, 3, 4", "FLOAT32, 3, 0, 4",
    "FLOAT64, 3, 4, 5", "FLOAT64, 50, 40, 30"
  })
  void productsAreThoseOfALoop(DType dtype, int m, int k, int n) {
    double[] a = normal(Shape.of(m, k), 1);
    double[] b = normal(Shape.of(k, n), 2);
    double[] expected = product(a, b, m, k, n);
    NDArray[] lefts = {
      array(dtype, Shape.of(m, k), a),
      reversedInMemory(dtype, Shape.of(m, k), a),
      gappy(dtype, m, k, a)
    };
    NDArray[] rights = {
      array(dtype, Shape.of(k, n), b),
      reversedInMemory(dtype, Shape.of(k, n), b),
      gappy(dtype, k, n, b)
    };
    for (NDArray left : lefts) {
      for (NDArray right : rights) {
        NDArray result = DJL.matmul(left, right);
        assertThat(DJL.shape(result)).isEqualTo(Shape.of(m, n));
        assertThat(values(result)).containsExactly(expected, within(tolerance(dtype)));
      }
    }
  }

  /** The matrix as every second column of one twice as wide. */
  private static NDArray gappy(DType dtype, int rows, int columns, double[] values) {
    double[] wide = new double[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      wide[2 * i] = values[i];
      wide[2 * i + 1] = Double.NaN;
    }
    NDArray array = array(dtype, Shape.of(rows, 2 * columns), wide);
    return DJL.slice(array, new int[] {0, 0}, new int[] {rows, 2 * columns}, new int[] {1, 2});
  }

  private static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < k; l++) {
          c[i * n + j] += a[i * k + l] * b[l * n + j];
        }
      }
    }
    return c;
  }

  @Test
  void leadingAxesBroadcast() {
    NDArray a = floats(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
    NDArray b = floats(Shape.of(3, 2, 1), 1, 0, 0, 1, 1, 1);
    NDArray c = DJL.matmul(a, b);
    assertThat(DJL.shape(c)).isEqualTo(Shape.of(2, 3, 1, 1));
    assertThat(values(c)).containsExactly(1, 2, 3, 3, 4, 7);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 2, 3, 4", "FLOAT32, 50, 200, 20", "FLOAT64, 5, 20, 6", "FLOAT32, 2, 0, 3"})
  void linearAddsTheBiasAndRectifies(DType dtype, int n, int d, int m) {
    double[] x = normal(Shape.of(n, d), 3);
    double[] w = normal(Shape.of(d, m), 4);
    double[] bias = normal(Shape.of(m), 5);
    double[] expected = product(x, w, n, d, m);
    double[] rectified = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] += bias[i % m];
      rectified[i] = Math.max(expected[i], 0);
    }
    NDArray input = array(dtype, Shape.of(n, d), x);
    NDArray weight = DJL.permute(array(dtype, Shape.of(d, m), w), 1, 0);
    NDArray dense = DJL.fromHost(DJL.toHost(weight));
    NDArray b = array(dtype, Shape.of(m), bias);
    for (NDArray matrix : new NDArray[] {weight, dense}) {
      assertThat(values(DJL.linear(input, matrix, b, false).orElseThrow()))
          .containsExactly(expected, within(tolerance(dtype)));
      assertThat(values(DJL.linear(input, matrix, b, true).orElseThrow()))
          .containsExactly(rectified, within(tolerance(dtype)));
    }
  }
}
