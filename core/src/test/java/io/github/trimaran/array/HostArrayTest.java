package io.github.trimaran.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostArrayTest {

  @Test
  void wrapsTheJavaArrayItIsGiven() {
    float[] values = {1, 2, 3, 4};
    HostArray array = HostArray.of(values, Shape.of(2, 2));
    values[3] = 9;
    assertThat(array.get(3)).isEqualTo(9);
    assertThat(array.floats()).isSameAs(values);
    assertThat(array.reshape(Shape.of(4)).floats()).isSameAs(values);
  }

  @Test
  void refusesSizesAndTypesThatDoNotFit() {
    assertThatThrownBy(() -> HostArray.of(new long[3], Shape.of(2, 2)))
        .hasMessage("array: 3 values do not fill shape [2, 2] of 4");
    assertThatThrownBy(() -> HostArray.of(new long[4], Shape.of(4)).reshape(Shape.of(5)))
        .hasMessageContaining("do not fill shape [5]");
    assertThatThrownBy(() -> HostArray.of(new double[1], Shape.of(1)).floats())
        .hasMessage("array: holds float64, asked for float32");
  }

  @Test
  void convertsBetweenTypes() {
    HostArray doubles = HostArray.of(new double[] {-2.7, 0, 0.1, 3}, Shape.of(4));
    assertThat(doubles.to(DType.INT64).longs()).containsExactly(-2, 0, 0, 3);
    assertThat(doubles.to(DType.BOOL).booleans()).containsExactly(true, false, true, true);
    assertThat(doubles.to(DType.FLOAT32).floats()).containsExactly(-2.7f, 0, 0.1f, 3);
    assertThat(doubles.to(DType.BOOL).toDoubles()).containsExactly(1, 0, 1, 1);
  }

  @Test
  void copiesWhenConvertingToItsOwnType() {
    HostArray longs = HostArray.of(new long[] {(1L << 53) + 1}, Shape.of(1));
    HostArray copy = longs.to(DType.INT64);
    assertThat(copy).isEqualTo(longs).hasSameHashCodeAs(longs);
    copy.set(0, 7);
    assertThat(longs.longs()).containsExactly((1L << 53) + 1);
  }

  @Test
  void isEqualByTypeShapeAndValues() {
    HostArray a = HostArray.of(new float[] {1, Float.NaN}, Shape.of(2));
    assertThat(a).isEqualTo(HostArray.of(new float[] {1, Float.NaN}, Shape.of(2)));
    assertThat(a).isNotEqualTo(HostArray.of(new float[] {1, 2}, Shape.of(2)));
    assertThat(a).isNotEqualTo(HostArray.of(new float[] {1, Float.NaN}, Shape.of(2, 1)));
    assertThat(HostArray.zeros(Shape.of(2), DType.FLOAT64))
        .isNotEqualTo(HostArray.zeros(Shape.of(2), DType.FLOAT32));
    assertThat(HostArray.zeros(Shape.of(3, 0), DType.BOOL).booleans()).isEmpty();
  }

  @Test
  void dtypesHaveLabels() {
    for (DType dtype : DType.values()) {
      assertThat(DType.ofLabel(dtype.label())).isEqualTo(dtype);
    }
    assertThatThrownBy(() -> DType.ofLabel("float16"))
        .hasMessage("unknown dtype 'float16': expected float32, float64, int64 or bool");
  }
}
