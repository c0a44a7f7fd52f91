package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors made from values and rules; expected values are NumPy's. */
class CreationTest {

  private static final NaiveBackend BACKEND = new NaiveBackend();

  private static final DType FLOAT32 = DType.FLOAT32;
  private static final DType FLOAT64 = DType.FLOAT64;

  private static void assertIs(Tensor tensor, HostArray expected) {
    assertThat(tensor.toHost()).isEqualTo(expected);
    assertThat(tensor.shape()).isEqualTo(expected.shape());
    assertThat(tensor.dtype()).isEqualTo(expected.dtype());
  }

  @Test
  void flatValuesHaveTheirJavaType() {
    assertIs(Tensor.of(BACKEND, 1, 2, 3), HostArray.of(new long[] {1, 2, 3}, Shape.of(3)));
    assertIs(Tensor.of(BACKEND, 1L, 2L), HostArray.of(new long[] {1, 2}, Shape.of(2)));
    assertIs(Tensor.of(BACKEND, 1.5f), HostArray.of(new float[] {1.5f}, Shape.of(1)));
    assertIs(Tensor.of(BACKEND, 1, 2.5), HostArray.of(new double[] {1, 2.5}, Shape.of(2)));
    assertIs(Tensor.of(BACKEND, true), HostArray.of(new boolean[] {true}, Shape.of(1)));
    assertIs(Tensor.of(BACKEND, new int[] {1, 2}), HostArray.of(new long[] {1, 2}, Shape.of(2)));
    assertIs(
        Tensor.of(BACKEND, new int[] {1, 2}, 2, 1),
        HostArray.of(new long[] {1, 2}, Shape.of(2, 1)));
  }

  @Test
  void nestedArraysHaveTheirShape() {
    assertIs(
        Tensor.of(BACKEND, new float[][] {{1, 2, 3}, {4, 5, 6}}),
        HostArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3)));
    assertIs(
        Tensor.of(BACKEND, new int[][][] {{{1}, {2}}}),
        HostArray.of(new long[] {1, 2}, Shape.of(1, 2, 1)));
    assertIs(
        Tensor.of(BACKEND, new long[][] {{Long.MAX_VALUE}}),
        HostArray.of(new long[] {Long.MAX_VALUE}, Shape.of(1, 1)));
    assertIs(
        Tensor.of(BACKEND, new double[][] {{}, {}}), HostArray.of(new double[0], Shape.of(2, 0)));
    assertIs(Tensor.of(BACKEND, new float[0][][]), HostArray.of(new float[0], Shape.of(0, 0, 0)));
    assertIs(
        Tensor.of(BACKEND, new boolean[][] {{true, false}}),
        HostArray.of(new boolean[] {true, false}, Shape.of(1, 2)));
  }

  @Test
  void likeAnother() {
    Tensor like = Tensor.of(BACKEND, new long[] {5, 6}, 2, 1);
    assertIs(Tensor.zerosLike(like), HostArray.of(new long[] {0, 0}, Shape.of(2, 1)));
    assertIs(Tensor.onesLike(like), HostArray.of(new long[] {1, 1}, Shape.of(2, 1)));
    assertIs(Tensor.fullLike(like, 7), HostArray.of(new long[] {7, 7}, Shape.of(2, 1)));
  }

  @Test
  void ranges() {
    assertIs(Tensor.arange(BACKEND, 3), HostArray.of(new long[] {0, 1, 2}, Shape.of(3)));
    assertIs(Tensor.arange(BACKEND, 0), HostArray.of(new long[0], Shape.of(0)));
    assertIs(Tensor.arange(BACKEND, 1, 8, 3), HostArray.of(new long[] {1, 4, 7}, Shape.of(3)));
    assertIs(Tensor.arange(BACKEND, 1, 7, 3), HostArray.of(new long[] {1, 4}, Shape.of(2)));
    assertIs(Tensor.arange(BACKEND, 5, 0, -2), HostArray.of(new long[] {5, 3, 1}, Shape.of(3)));
    assertIs(
        Tensor.arange(BACKEND, 1, 2.6, 0.5, FLOAT32),
        HostArray.of(new float[] {1, 1.5f, 2, 2.5f}, Shape.of(4)));
    assertIs(
        Tensor.arange(BACKEND, 0, 1, 0.25, FLOAT64),
        HostArray.of(new double[] {0, 0.25, 0.5, 0.75}, Shape.of(4)));
    assertThatThrownBy(() -> Tensor.arange(BACKEND, 0, 5, 2.5, DType.INT64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("arange: int64 cannot hold 2.5");
  }

  @Test
  void equalDistances() {
    assertIs(
        Tensor.linspace(BACKEND, 0, 1, 5, FLOAT32),
        HostArray.of(new float[] {0, 0.25f, 0.5f, 0.75f, 1}, Shape.of(5)));
    assertIs(
        Tensor.linspace(BACKEND, 3, 3, 1, FLOAT64), HostArray.of(new double[] {3}, Shape.of(1)));
    assertIs(Tensor.linspace(BACKEND, 0, 1, 0, FLOAT64), HostArray.of(new double[0], Shape.of(0)));
    double[] tenths = Tensor.linspace(BACKEND, -0.1, 0.7, 9, FLOAT64).toDoubles();
    assertThat(tenths[8]).isEqualTo(0.7);
    assertThat(tenths[4]).isCloseTo(0.3, within(1e-16));
  }

  @Test
  void identity() {
    assertIs(
        Tensor.eye(BACKEND, 2, FLOAT32), HostArray.of(new float[] {1, 0, 0, 1}, Shape.of(2, 2)));
    assertIs(Tensor.eye(BACKEND, 1, DType.INT64), HostArray.of(new long[] {1}, Shape.of(1, 1)));
    assertIs(Tensor.eye(BACKEND, 0, FLOAT32), HostArray.of(new float[0], Shape.of(0, 0)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void randomValues(DType dtype) {
    Shape shape = Shape.of(100, 200);
    double[] uniform = Tensor.rand(BACKEND, shape, dtype, Rng.seeded(1)).toDoubles();
    assertThat(Arrays.stream(uniform)).allMatch(v -> v >= 0 && v < 1);
    // Of 20,000 the mean is off by 0.002, the variance by 0.0005 (standard errors).
    assertThat(mean(uniform)).isCloseTo(0.5, within(0.01));
    assertThat(variance(uniform)).isCloseTo(1.0 / 12, within(0.0025));
    double[] normal = Tensor.randn(BACKEND, shape, dtype, Rng.seeded(1)).toDoubles();
    assertThat(mean(normal)).isCloseTo(0, within(0.035));
    assertThat(variance(normal)).isCloseTo(1, within(0.05));
    assertThat(Tensor.rand(BACKEND, shape, dtype, Rng.seeded(1)).toDoubles()).isEqualTo(uniform);
  }

  @Test
  void aFloatIsNeverRoundedUpToOne() {
    // Rounded, one double in 33 million would become 1: they are cut instead.
    double[] wide = Tensor.rand(BACKEND, Shape.of(1000), FLOAT64, Rng.seeded(2)).toDoubles();
    double[] narrow = Tensor.rand(BACKEND, Shape.of(1000), FLOAT32, Rng.seeded(2)).toDoubles();
    for (int i = 0; i < wide.length; i++) {
      assertThat(narrow[i]).isEqualTo(Math.floor(wide[i] * 0x1p24) / 0x1p24);
    }
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double... values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }
}
