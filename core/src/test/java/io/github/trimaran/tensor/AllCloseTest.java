package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import org.junit.jupiter.api.Test;

/** allClose, by the examples of NumPy's documentation and by hand. */
class AllCloseTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor row(double... values) {
    return Tensor.of(backend, values);
  }

  @Test
  void numPysExamples() {
    assertThat(row(1e10, 1e-7).allClose(row(1.00001e10, 1e-8))).isFalse();
    assertThat(row(1e10, 1e-8).allClose(row(1.00001e10, 1e-9))).isTrue();
    assertThat(row(1e10, 1e-8).allClose(row(1.0001e10, 1e-9))).isFalse();
    assertThat(row(1, Double.NaN).allClose(row(1, Double.NaN))).isFalse();
  }

  /** The second is what the relative tolerance is of. */
  @Test
  void toleranceIsOfTheOther() {
    assertThat(row(100).allClose(row(110), 0.095, 0)).isTrue();
    assertThat(row(110).allClose(row(100), 0.095, 0)).isFalse();
    assertThat(row(110).allClose(row(100), 0.095, 0.5)).isTrue();
    assertThat(row(-100).allClose(row(-110), 0.095, 0)).isTrue();
    assertThat(row(0.5).allClose(row(0), 1, 0.25)).isFalse();
    assertThat(row(0.5).allClose(row(0.5), 0, 0)).isTrue();
  }

  @Test
  void infinitiesAreCloseToThemselvesAlone() {
    assertThat(row(INFINITY, -INFINITY).allClose(row(INFINITY, -INFINITY))).isTrue();
    assertThat(row(INFINITY).allClose(row(-INFINITY))).isFalse();
    assertThat(row(1).allClose(row(INFINITY))).isFalse();
    assertThat(row(INFINITY).allClose(row(1))).isFalse();
    assertThat(row(Double.NaN).allClose(row(INFINITY))).isFalse();
    assertThat(row(1).allClose(row(1), INFINITY, 0)).isTrue();
  }

  @Test
  void otherTypesShapesAndBackends() {
    Tensor ones = Tensor.ones(backend, Shape.of(2, 3), DType.INT64);
    assertThat(ones.allClose(Tensor.ones(new NaiveBackend(), Shape.of(2, 3), DType.INT64)))
        .isTrue();
    assertThat(ones.allClose(ones.mul(2))).isFalse();
    Tensor none = Tensor.zeros(backend, Shape.of(0, 2), DType.FLOAT32);
    assertThat(none.allClose(none)).isTrue();
    assertThat(row(1).greater(0).allClose(row(2).greater(0))).isTrue();
  }
}
