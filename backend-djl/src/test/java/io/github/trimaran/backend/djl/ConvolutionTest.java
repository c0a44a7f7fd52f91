package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.array;
import static io.github.trimaran.backend.djl.Djl.normal;
import static io.github.trimaran.backend.djl.Djl.reversedInMemory;
import static io.github.trimaran.backend.djl.Djl.tolerance;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution and both its gradients, against seven nested loops. */
class ConvolutionTest {

  static Stream<Arguments> cases() {
    Conv2dGeometry odd =
        Conv2dGeometry.unit().withStride(2, 1).withPadding(1, 2, 0, 3).withDilation(1, 2);
    Conv2dGeometry grouped =
        Conv2dGeometry.unit()
            .withStride(1, 2)
            .withPadding(0, 1, 2, 1)
            .withDilation(2, 1)
            .withGroups(2);
    return Stream.of(DType.FLOAT32, DType.FLOAT64)
        .flatMap(
            dtype ->
                Stream.of(
                    Arguments.of(dtype, Shape.of(2, 3, 6, 7), Shape.of(4, 3, 3, 3), geometry(1, 1)),
                    Arguments.of(dtype, Shape.of(1, 1, 9, 8), Shape.of(5, 1, 2, 4), geometry(3, 0)),
                    Arguments.of(
                        dtype, Shape.of(2, 16, 5, 5), Shape.of(8, 16, 1, 1), geometry(1, 0)),
                    Arguments.of(
                        dtype,
                        Shape.of(2, 3, 6, 5),
                        Shape.of(6, 1, 3, 3),
                        geometry(1, 1).withGroups(3)),
                    Arguments.of(dtype, Shape.of(3, 2, 8, 9), Shape.of(3, 2, 3, 2), odd),
                    Arguments.of(dtype, Shape.of(2, 4, 7, 8), Shape.of(6, 2, 2, 3), grouped),
                    Arguments.of(
                        dtype,
                        Shape.of(2, 4, 6, 6),
                        Shape.of(4, 1, 3, 3),
                        geometry(2, 1).withGroups(4))));
  }

  private static Conv2dGeometry geometry(int stride, int padding) {
    return Conv2dGeometry.of(stride, padding);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allThreeFormsAreThoseOfLoops(DType dtype, Shape in, Shape w, Conv2dGeometry geometry) {
    Shape out = geometry.outputShape(in, w);
    double[] x = normal(in, 1);
    double[] weight = normal(w, 2);
    double[] g = normal(out, 3);
    double[] y = new double[out.size()];
    double[] gx = new double[in.size()];
    double[] gw = new double[w.size()];
    ConvolutionLoops.forEachTerm(
        in,
        w,
        geometry,
        (ix, iw, iy) -> {
          y[iy] += x[ix] * weight[iw];
          gx[ix] += g[iy] * weight[iw];
          gw[iw] += g[iy] * x[ix];
        });
    for (boolean reversed : new boolean[] {false, true}) {
      NDArray input = reversed ? reversedInMemory(dtype, in, x) : array(dtype, in, x);
      NDArray filters = reversed ? reversedInMemory(dtype, w, weight) : array(dtype, w, weight);
      NDArray grad = reversed ? reversedInMemory(dtype, out, g) : array(dtype, out, g);
      check(DJL.conv2d(input, filters, geometry), out, y, dtype);
      check(DJL.conv2dInputGrad(grad, filters, in, geometry), in, gx, dtype);
      check(DJL.conv2dWeightGrad(input, grad, w, geometry), w, gw, dtype);
      double[] bias = normal(Shape.of(w.dim(0)), 4);
      double[] rectified = y.clone();
      int plane = out.dim(2) * out.dim(3);
      for (int i = 0; i < y.length; i++) {
        rectified[i] = Math.max(0, y[i] + bias[i / plane % bias.length]);
      }
      NDArray b = array(dtype, Shape.of(bias.length), bias);
      check(DJL.conv2dBias(input, filters, b, geometry, true).orElseThrow(), out, rectified, dtype);
    }
  }

  /**
   * Of these, oneDNN gives wrong numbers for the first four, and ends the process for the others.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 16, 56, 100, 1",
    "1, 48, 28, 512, 1",
    "1, 32, 28, 1024, 2",
    "1, 512, 13, 1000, 1",
    "1, 256, 28, 1024, 1",
    "2, 1024, 14, 512, 1"
  })
  void singlePixelsAreThoseOfLoops(int images, int channels, int size, int filters, int stride) {
    allThreeFormsAreThoseOfLoops(
        DType.FLOAT32,
        Shape.of(images, channels, size, size),
        Shape.of(filters, channels, 1, 1),
        geometry(stride, 0));
  }

  private static void check(NDArray actual, Shape shape, double[] expected, DType dtype) {
    assertThat(DJL.shape(actual)).isEqualTo(shape);
    double[] values = values(actual);
    assertThat(values).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = Math.abs(values[i] - expected[i]);
      largest = difference <= largest ? largest : difference;
    }
    assertThat(largest).as("largest difference").isLessThan(tolerance(dtype));
  }

  @Test
  void nothingConvolvesToNothing() {
    Conv2dGeometry unit = Conv2dGeometry.unit();
    Shape none = Shape.of(0, 2, 4, 4);
    Shape w = Shape.of(3, 2, 2, 2);
    NDArray input = array(DType.FLOAT32, none);
    NDArray weight = array(DType.FLOAT32, w, normal(w, 1));
    NDArray output = DJL.conv2d(input, weight, unit);
    assertThat(DJL.shape(output)).isEqualTo(Shape.of(0, 3, 3, 3));
    assertThat(DJL.shape(DJL.conv2dInputGrad(output, weight, none, unit))).isEqualTo(none);
    assertThat(values(DJL.conv2dWeightGrad(input, output, w, unit))).hasSize(24).containsOnly(0);
  }
}
