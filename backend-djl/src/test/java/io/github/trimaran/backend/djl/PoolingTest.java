package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.floats;
import static io.github.trimaran.backend.djl.Djl.longs;
import static io.github.trimaran.backend.djl.Djl.normal;
import static io.github.trimaran.backend.djl.Djl.reversedInMemory;
import static io.github.trimaran.backend.djl.Djl.tolerance;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooling against nested loops: few channels and many, for the two layouts. */
class PoolingTest {

  static Stream<Arguments> cases() {
    Pool2dGeometry plain = Pool2dGeometry.of(2, 2);
    Pool2dGeometry overlapping =
        Pool2dGeometry.window(3, 2).withStride(2, 1).withPadding(1, 0).withCeilMode();
    Pool2dGeometry excluding = Pool2dGeometry.of(3, 2).withPadding(1).withCountIncludePad(false);
    return Stream.of(DType.FLOAT32, DType.FLOAT64)
        .flatMap(
            dtype ->
                Stream.of(1, 3, 8, 19)
                    .flatMap(
                        channels ->
                            Stream.of(plain, overlapping, excluding, excluding.withCeilMode())
                                .map(g -> Arguments.of(dtype, Shape.of(2, channels, 7, 6), g))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void poolingIsThatOfLoops(DType dtype, Shape in, Pool2dGeometry geometry) {
    Shape out = geometry.outputShape(in);
    double[] x = normal(in, 1);
    // Coarse, so that there are ties.
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.rint(2 * x[i]) / 2;
    }
    double[] g = normal(out, 2);
    double[] mean = new double[out.size()];
    double[] meanGrad = new double[in.size()];
    double[] max = new double[out.size()];
    long[] indices = new long[out.size()];
    double[] maxGrad = new double[in.size()];
    int plane = in.dim(2) * in.dim(3);
    for (int o = 0; o < out.size(); o++) {
      int base = o / (out.dim(2) * out.dim(3)) * plane;
      Window window = Window.of(o / out.dim(3) % out.dim(2), o % out.dim(3), in, geometry);
      max[o] = Double.NEGATIVE_INFINITY;
      for (int row = window.top(); row < window.bottom(); row++) {
        for (int column = window.left(); column < window.right(); column++) {
          int place = row * in.dim(3) + column;
          mean[o] += x[base + place] / window.divisor();
          meanGrad[base + place] += g[o] / window.divisor();
          if (x[base + place] > max[o]) {
            max[o] = x[base + place];
            indices[o] = place;
          }
        }
      }
      maxGrad[base + (int) indices[o]] += g[o];
    }
    for (boolean reversed : new boolean[] {false, true}) {
      NDArray input = reversed ? reversedInMemory(dtype, in, x) : array(dtype, in, x);
      NDArray grad = reversed ? reversedInMemory(dtype, out, g) : array(dtype, out, g);
      check(DJL.avgPool2d(input, geometry), mean, dtype);
      check(DJL.avgPool2dGrad(grad, in, geometry), meanGrad, dtype);
      MaxPooled<NDArray> pooled = DJL.maxPool2d(input, geometry).orElseThrow();
      check(pooled.values(), max, dtype);
      assertThat(DJL.toHost(pooled.indices()).longs()).containsExactly(indices);
      NDArray alone = DJL.maxPool2dIndices(input, geometry);
      assertThat(DJL.toHost(alone).longs()).containsExactly(indices);
      NDArray back = DJL.maxPool2dGrad(grad, alone, in, geometry).orElseThrow();
      check(back, maxGrad, dtype);
      // Indices as the host has them, without the layout of a pooling's.
      NDArray sent = longs(out, indices);
      check(DJL.maxPool2dGrad(grad, sent, in, geometry).orElseThrow(), maxGrad, dtype);
    }
  }

  private static void check(NDArray actual, double[] expected, DType dtype) {
    assertThat(values(actual)).containsExactly(expected, within(tolerance(dtype)));
  }

  /** The part of a window that lies in the image, and what its mean is divided by. */
  private record Window(int top, int bottom, int left, int right, int divisor) {

    static Window of(int y, int x, Shape in, Pool2dGeometry q) {
      int top = y * q.strideH() - q.padH();
      int left = x * q.strideW() - q.padW();
      int bottom = Math.min(top + q.kernelH(), in.dim(2) + q.padH());
      int right = Math.min(left + q.kernelW(), in.dim(3) + q.padW());
      int padded = (bottom - top) * (right - left);
      int insideTop = Math.max(top, 0);
      int insideLeft = Math.max(left, 0);
      int insideBottom = Math.min(bottom, in.dim(2));
      int insideRight = Math.min(right, in.dim(3));
      int inside = (insideBottom - insideTop) * (insideRight - insideLeft);
      return new Window(
          insideTop, insideBottom, insideLeft, insideRight, q.countIncludePad() ? padded : inside);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void theFirstNanUnderAWindowWins(int channels) {
    double nan = Double.NaN;
    double[] one = {1, nan, 9, 9, nan, 3, 8, 7};
    double[] image = new double[8 * channels];
    for (int i = 0; i < image.length; i++) {
      image[i] = one[i % 8];
    }
    NDArray input = floats(Shape.of(1, channels, 2, 4), image);
    MaxPooled<NDArray> pooled = DJL.maxPool2d(input, Pool2dGeometry.of(2, 2)).orElseThrow();
    assertThat(values(pooled.values())).startsWith(nan, 9);
    assertThat(DJL.toHost(pooled.indices()).longs()).startsWith(1, 2).endsWith(1, 2);
  }

  @Test
  void negativeInfinityIsAValue() {
    double low = Double.NEGATIVE_INFINITY;
    NDArray input = floats(Shape.of(1, 1, 2, 2), low, low, low, low);
    Pool2dGeometry padded = Pool2dGeometry.of(2, 2).withPadding(1);
    assertThat(DJL.toHost(DJL.maxPool2dIndices(input, padded)).longs()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void indicesOutOfThePlaneAreErrors() {
    NDArray grad = floats(Shape.of(1, 1, 1, 1), 1);
    for (long index : new long[] {-1, 4}) {
      NDArray indices = longs(Shape.of(1, 1, 1, 1), index);
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(
              () -> DJL.maxPool2dGrad(grad, indices, Shape.of(1, 1, 2, 2), Pool2dGeometry.of(2, 2)))
          .withMessageContaining("in a plane of 4");
    }
  }

  @Test
  void nothingPoolsToNothing() {
    Pool2dGeometry plain = Pool2dGeometry.of(2, 2);
    NDArray input = floats(Shape.of(0, 2, 4, 4));
    Shape out = Shape.of(0, 2, 2, 2);
    assertThat(DJL.shape(DJL.avgPool2d(input, plain))).isEqualTo(out);
    MaxPooled<NDArray> pooled = DJL.maxPool2d(input, plain).orElseThrow();
    assertThat(DJL.shape(pooled.indices())).isEqualTo(out);
    assertThat(
            DJL.maxPool2dGrad(pooled.values(), pooled.indices(), Shape.of(0, 2, 4, 4), plain)
                .map(DJL::shape))
        .contains(Shape.of(0, 2, 4, 4));
  }
}
