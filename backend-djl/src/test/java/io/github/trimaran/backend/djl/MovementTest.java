package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.floats;
import static io.github.trimaran.backend.djl.Djl.longs;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions, movement and indexing: hand values. */
class MovementTest {

  private static final double NAN = Double.NaN;

  @Test
  void reductionsOfNothingAreCopiesAndOfEmptyAreZero() {
    NDArray numbers = floats(Shape.of(2, 2), 1, 2, 3, 4);
    NDArray copy = DJL.sum(numbers);
    DJL.assign(numbers, floats(Shape.of(2, 2), 9, 9, 9, 9));
    assertThat(values(copy)).containsExactly(1, 2, 3, 4);
    assertThat(values(DJL.sum(floats(Shape.of(2, 0)), 1))).containsExactly(0, 0);
    assertThat(values(DJL.max(floats(Shape.scalar(), 7)))).containsExactly(7);
  }

  @Test
  void maximaOverSeveralAxesPropagateNan() {
    NDArray a = floats(Shape.of(2, 2, 2), 1, 8, 3, 4, 5, NAN, 7, 6);
    assertThat(values(DJL.max(a, 0, 2))).containsExactly(NAN, 7);
    assertThat(values(DJL.max(a, 0, 1, 2))).containsExactly(NAN);
    assertThat(values(DJL.max(longs(Shape.of(2, 2), 1, 5, 4, 2), 0, 1))).containsExactly(5);
  }

  @Test
  void argMaxTakesTheLowestIndexAndNanForGreatest() {
    NDArray a = floats(Shape.of(3, 4), 2, 5, 5, 1, 3, NAN, 9, NAN, 4, 4, 4, 4);
    assertThat(DJL.toHost(DJL.argMax(a, 1)).longs()).containsExactly(1, 1, 0);
    double[] ties = new double[1000];
    ties[400] = 1;
    ties[900] = 1;
    assertThat(DJL.toHost(DJL.argMax(floats(Shape.of(1000), ties), 0)).longs())
        .containsExactly(400);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void padsInsideAndOutside(DType dtype) {
    NDArray a = array(dtype, Shape.of(1, 2), 1, 0);
    NDArray padded = DJL.pad(a, new int[] {1, 0}, new int[] {0, 1}, new int[] {3, 2}, 1);
    assertThat(DJL.shape(padded)).isEqualTo(Shape.of(2, 5));
    assertThat(values(padded)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 1);
    NDArray empty = array(dtype, Shape.of(0));
    NDArray only = DJL.pad(empty, new int[] {1}, new int[] {1}, new int[] {4}, 0);
    assertThat(values(only)).containsExactly(0, 0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void slicesFlipsAndJoins(DType dtype) {
    NDArray a = array(dtype, Shape.of(2, 4), 0, 1, 1, 0, 1, 1, 0, 0);
    NDArray part = DJL.slice(a, new int[] {0, 1}, new int[] {2, 4}, new int[] {1, 2});
    assertThat(values(part)).containsExactly(1, 0, 1, 0);
    NDArray none = DJL.slice(a, new int[] {2, 0}, new int[] {2, 4}, new int[] {1, 1});
    assertThat(DJL.shape(none)).isEqualTo(Shape.of(0, 4));
    assertThat(values(DJL.flip(part, 0, 1))).containsExactly(0, 1, 0, 1);
    assertThat(values(DJL.concat(List.of(part, part), 1))).containsExactly(1, 0, 1, 0, 1, 0, 1, 0);
    assertThat(values(DJL.concat(List.of(part), 0))).containsExactly(1, 0, 1, 0);
  }

  @Test
  void scatterAddAccumulates() {
    NDArray values = floats(Shape.of(2, 3), 1, 2, 4, 8, 16, 32);
    NDArray indices = longs(Shape.of(2, 3), 3, 0, 3, 1, 1, 1);
    assertThat(values(DJL.scatterAdd(values, 1, indices, 4)))
        .containsExactly(2, 0, 0, 5, 0, 56, 0, 0);
    NDArray numbers = DJL.scatterAdd(indices, 1, indices, 4);
    assertThat(DJL.toHost(numbers).longs()).containsExactly(0, 0, 0, 6, 0, 3, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE})
  void indicesOutOfRangeAreErrors(long index) {
    NDArray a = floats(Shape.of(3), 1, 2, 3);
    NDArray indices = longs(Shape.of(1), index);
    long live = DJL.liveArrays();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> DJL.gather(a, 0, indices))
        .withMessageContaining("gather")
        .withMessageContaining(Long.toString(index));
    NDArray one = floats(Shape.of(1), 1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> DJL.scatterAdd(one, 0, indices, 3));
    NDArray logits = floats(Shape.of(1, 3), 1, 2, 3);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> DJL.softmaxCrossEntropy(logits, indices, 0.1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> DJL.softmaxCrossEntropyGrad(one, logits, indices, 0));
    assertThat(DJL.liveArrays()).isEqualTo(live + 2);
  }

  @Test
  void viewsOutliveWhatTheyShare() {
    NDArray base = floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    NDArray turned = DJL.permute(base, 1, 0);
    NDArray part = DJL.slice(turned, new int[] {1, 0}, new int[] {3, 2}, new int[] {1, 1});
    DJL.release(base);
    DJL.release(turned);
    assertThat(values(part)).containsExactly(2, 5, 3, 6);
    assertThat(values(DJL.reshape(part, Shape.of(4)))).containsExactly(2, 5, 3, 6);
  }
}
