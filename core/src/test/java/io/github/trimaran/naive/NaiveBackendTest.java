package io.github.trimaran.naive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;

/** A few hand values; the conformance suite checks the rest. */
class NaiveBackendTest {

  private final NaiveBackend backend = new NaiveBackend();

  private NaiveArray array(double[] values, int... extents) {
    return backend.fromHost(HostArray.of(values, Shape.of(extents)));
  }

  private double[] values(NaiveArray a) {
    return backend.toHost(a).doubles();
  }

  @Test
  void convolvesByHand() {
    NaiveArray image = array(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    NaiveArray kernel = array(new double[] {1, 0, 0, -1}, 1, 1, 2, 2);
    assertThat(values(backend.conv2d(image, kernel, Conv2dGeometry.unit())))
        .containsExactly(-4, -4, -4, -4);
  }

  @Test
  void multipliesAndReducesByHand() {
    NaiveArray a = array(new double[] {1, 2, 3, 4}, 2, 2);
    assertThat(values(backend.matmul(a, a))).containsExactly(7, 10, 15, 22);
    assertThat(values(backend.sum(a, 0))).containsExactly(4, 6);
    assertThat(values(backend.permute(a, 1, 0))).containsExactly(1, 3, 2, 4);
    assertThat(
            backend
                .toHost(
                    backend.maxPool2dIndices(
                        backend.reshape(a, Shape.of(1, 1, 2, 2)), Pool2dGeometry.of(2, 2)))
                .longs())
        .containsExactly(3);
  }

  @Test
  void countsLiveArraysAndRefusesUseAfterRelease() {
    NaiveArray a = array(new double[] {1}, 1);
    assertThat(backend.liveArrays()).isEqualTo(1);
    backend.release(a);
    assertThat(backend.liveArrays()).isZero();
    assertThatThrownBy(() -> backend.neg(a)).isInstanceOf(IllegalStateException.class);
  }
}
