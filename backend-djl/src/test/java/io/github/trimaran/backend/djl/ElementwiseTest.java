package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.floats;
import static io.github.trimaran.backend.djl.Djl.longs;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What PyTorch does otherwise than the contract says, and the ways of values in and out. */
class ElementwiseTest {

  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void powerIsThatOfJava(DType dtype) {
    double[] special = {0, -0.0, 1, -1, 2, -2, 0.5, INF, -INF, NAN, 3};
    double[] bases = new double[special.length * special.length];
    double[] exponents = new double[bases.length];
    double[] expected = new double[bases.length];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = special[i / special.length];
      exponents[i] = special[i % special.length];
      expected[i] = Math.pow(bases[i], exponents[i]);
    }
    Shape shape = Shape.of(bases.length);
    NDArray power = DJL.pow(array(dtype, shape, bases), array(dtype, shape, exponents));
    assertThat(values(power)).containsExactly(expected, within(2e-6));
    for (double exponent : special) {
      DJL.powScalar(array(dtype, shape, bases), exponent)
          .ifPresent(
              fused -> {
                double[] powers = new double[bases.length];
                Arrays.setAll(powers, i -> Math.pow(bases[i], exponent));
                assertThat(values(fused))
                    .as("to the power %s", exponent)
                    .containsExactly(powers, within(2e-6));
              });
    }
  }

  @Test
  void signKeepsNan() {
    NDArray signs = DJL.sign(floats(Shape.of(5), -3, 0, 2, NAN, -INF));
    assertThat(values(signs)).containsExactly(-1, 0, 1, NAN, -1);
    assertThat(values(DJL.sign(longs(Shape.of(3), -7, 0, 9)))).containsExactly(-1, 0, 1);
  }

  @Test
  void reluGradIsZeroWhereTheOutputIsNan() {
    NDArray output = floats(Shape.of(4), 0, 2, NAN, INF);
    NDArray grad = floats(Shape.of(4), 5, 6, 7, 8);
    assertThat(values(DJL.reluGrad(grad, output).orElseThrow())).containsExactly(0, 6, 0, 8);
    assertThat(values(DJL.relu(floats(Shape.of(3), -1, NAN, 2)).orElseThrow()))
        .containsExactly(0, NAN, 2);
  }

  @Test
  void scalarsOfIntegersAreLeftToTheComposition() {
    NDArray numbers = longs(Shape.of(2), 1, 2);
    assertThat(DJL.addScalar(numbers, 1)).isEmpty();
    assertThat(DJL.mulScalar(numbers, 2)).isEmpty();
    assertThat(values(DJL.addScalar(floats(Shape.of(2), 1, 2), 0.5).orElseThrow()))
        .containsExactly(1.5, 2.5);
    assertThat(values(DJL.mulScalar(floats(Shape.of(2), 1, NAN), 3).orElseThrow()))
        .containsExactly(3, NAN);
  }

  @Test
  void castTruncatesAndTests() {
    NDArray numbers = floats(Shape.of(4), -1.7, 0, 0.4, 2.9);
    assertThat(DJL.toHost(DJL.cast(numbers, DType.INT64)).longs()).containsExactly(-1, 0, 0, 2);
    NDArray truths = DJL.cast(numbers, DType.BOOL);
    assertThat(DJL.toHost(truths).booleans()).containsExactly(true, false, true, true);
    assertThat(values(DJL.cast(truths, DType.FLOAT64))).containsExactly(1, 0, 1, 1);
    NDArray same = DJL.cast(numbers, DType.FLOAT32);
    DJL.release(numbers);
    assertThat(values(same)).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void valuesGoInAndComeOut(DType dtype) {
    for (Shape shape :
        new Shape[] {Shape.scalar(), Shape.of(0), Shape.of(2, 0, 3), Shape.of(3, 5)}) {
      HostArray sent = HostArray.zeros(shape, dtype);
      for (int i = 0; i < shape.size(); i++) {
        sent.set(i, i % 3);
      }
      NDArray array = DJL.fromHost(sent);
      assertThat(DJL.shape(array)).isEqualTo(shape);
      assertThat(DJL.dtype(array)).isEqualTo(dtype);
      assertThat(DJL.toHost(array)).isEqualTo(sent);
    }
    assertThat(values(DJL.full(Shape.of(2), dtype, 2))).containsOnly(dtype == DType.BOOL ? 1 : 2);
  }

  @Test
  void fullIsExactInFloat64() {
    assertThat(values(DJL.full(Shape.scalar(), DType.FLOAT64, 0.1))).containsExactly(0.1);
  }

  @Test
  void assignReachesBroadcastAndPermutedTargets() {
    NDArray broadcast = DJL.broadcastTo(floats(Shape.of(1), 1), Shape.of(2, 2));
    DJL.assign(broadcast, floats(Shape.of(2, 2), 1, 2, 3, 4));
    assertThat(values(broadcast)).containsExactly(1, 2, 3, 4);
    NDArray turned = DJL.permute(floats(Shape.of(2, 2), 1, 2, 3, 4), 1, 0);
    DJL.assign(turned, floats(Shape.of(2, 2), 5, 6, 7, 8));
    assertThat(values(turned)).containsExactly(5, 6, 7, 8);
    NDArray matrix = floats(Shape.of(2, 2), 1, 2, 3, 4);
    DJL.assign(matrix, DJL.permute(matrix, 1, 0));
    assertThat(values(matrix)).containsExactly(1, 3, 2, 4);
  }
}
