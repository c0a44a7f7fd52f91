package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.Djl.DJL;
import static io.github.trimaran.backend.djl.Djl.floats;
import static io.github.trimaran.backend.djl.Djl.longs;
import static io.github.trimaran.backend.djl.Djl.normal;
import static io.github.trimaran.backend.djl.Djl.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Precision;
import io.github.trimaran.backend.SgdStep;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions in bfloat16, and what becomes of their results; where the processor has it. */
class MixedPrecisionTest {

  /** The unit of bfloat16's last place at 1. */
  private static final double EPSILON = Math.pow(2, -7);

  private static final Shape IMAGES = Shape.of(4, 16, 6, 6);
  private static final Shape FILTERS = Shape.of(16, 16, 3, 3);
  private static final Conv2dGeometry SAME = Conv2dGeometry.of(1, 1);
  private static final Pool2dGeometry POOL = Pool2dGeometry.of(2, 2);

  private static Backend<NDArray> mixed;

  @BeforeAll
  static void start() {
    assumeTrue(Bfloat16.isFast(), "the processor does not multiply bfloat16");
    BackendOptions options = BackendOptions.defaults().withPrecision(Precision.MIXED);
    mixed = new DjlBackend(PyTorch.start(options));
  }

  /** The nearest bfloat16, ties to even. */
  private static double bfloat16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    int rounded = bits + 0x7fff + (bits >>> 16 & 1);
    return Float.intBitsToFloat(rounded & 0xffff0000);
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(MixedPrecisionTest::bfloat16).toArray();
  }

  static Stream<Arguments> geometries() {
    return Stream.concat(
        ConvolutionTest.cases()
            .filter(arguments -> arguments.get()[0] == DType.FLOAT32)
            .map(arguments -> Arguments.of(Arrays.copyOfRange(arguments.get(), 1, 4))),
        Stream.of(
            Arguments.of(IMAGES, FILTERS, SAME),
            Arguments.of(Shape.of(5, 24, 9, 9), Shape.of(40, 24, 3, 3), SAME),
            Arguments.of(Shape.of(2, 3, 12, 12), Shape.of(24, 3, 2, 2), Conv2dGeometry.unit()),
            Arguments.of(Shape.of(16, 8, 5, 5), Shape.of(1, 8, 1, 1), Conv2dGeometry.unit()),
            Arguments.of(Shape.of(2, 17, 7, 7), Shape.of(33, 17, 3, 3), SAME),
            Arguments.of(Shape.of(2, 64, 8, 8), Shape.of(64, 64, 3, 3), SAME),
            Arguments.of(Shape.of(2, 4, 6, 6), Shape.of(10, 2, 3, 3), SAME.withGroups(2))));
  }

  /** Products of bfloat16 are exact in float32; the results are rounded once more. */
  @ParameterizedTest
  @MethodSource("geometries")
  void convolutionsAreThoseOfLoopsOnRoundedOperands(Shape in, Shape w, Conv2dGeometry geometry) {
    Shape out = geometry.outputShape(in, w);
    double[] x = rounded(normal(in, 1));
    double[] weight = rounded(normal(w, 2));
    double[] g = rounded(normal(out, 3));
    double[][] sums = {new double[out.size()], new double[in.size()], new double[w.size()]};
    double[][] sizes = {new double[out.size()], new double[in.size()], new double[w.size()]};
    ConvolutionLoops.forEachTerm(
        in,
        w,
        geometry,
        (ix, iw, iy) -> {
          double[] terms = {x[ix] * weight[iw], g[iy] * weight[iw], g[iy] * x[ix]};
          int[] at = {iy, ix, iw};
          for (int form = 0; form < 3; form++) {
            sums[form][at[form]] += terms[form];
            sizes[form][at[form]] += Math.abs(terms[form]);
          }
        });
    NDArray input = floats(in, x);
    NDArray filters = floats(w, weight);
    NDArray grad = floats(out, g);
    List<NDArray> results =
        List.of(
            mixed.conv2d(input, filters, geometry),
            mixed.conv2dInputGrad(grad, filters, in, geometry),
            mixed.conv2dWeightGrad(input, grad, w, geometry));
    for (int form = 0; form < 3; form++) {
      assertThat(mixed.dtype(results.get(form))).isEqualTo(DType.FLOAT32);
      double[] actual = values(results.get(form));
      for (int i = 0; i < actual.length; i++) {
        double allowed = EPSILON / 2 * Math.abs(sums[form][i]) + 1e-6 * sizes[form][i];
        assertThat(Math.abs(actual[i] - sums[form][i]))
            .as("form " + form)
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  @Test
  void imagesAreBfloat16AndParametersAreNot() {
    NDArray input = floats(IMAGES, normal(IMAGES, 1));
    NDArray filters = floats(FILTERS, normal(FILTERS, 2));
    double[] output = values(mixed.conv2d(input, filters, SAME));
    assertThat(output).containsExactly(rounded(output));
    double[] full = values(DJL.conv2d(input, filters, SAME));
    assertThat(full).isNotEqualTo(rounded(full));
    assertThat(values(filters)).isNotEqualTo(rounded(values(filters)));
    assertThat(mixed.info().kernels()).endsWith("convolutions in bfloat16");
    assertThat(DJL.info().kernels()).doesNotContain("bfloat16");
  }

  /** The geometry that oneDNN gets wrong in bfloat16, and its neighbours. */
  @Test
  void onlyInputGradientsOfOddlyManyFiltersAreComputedInFull() {
    assertThat(inputGradientIsBfloat16(16, 1)).isTrue();
    assertThat(inputGradientIsBfloat16(18, 1)).isTrue();
    assertThat(inputGradientIsBfloat16(17, 1)).isFalse();
    assertThat(inputGradientIsBfloat16(8, 2)).isTrue();
    assertThat(inputGradientIsBfloat16(6, 2)).isFalse();
    Shape w = Shape.of(17, 16, 3, 3);
    double[] output =
        values(mixed.conv2d(floats(IMAGES, normal(IMAGES, 1)), floats(w, normal(w, 2)), SAME));
    assertThat(output).containsExactly(rounded(output));
  }

  private static boolean inputGradientIsBfloat16(int filters, int groups) {
    Conv2dGeometry geometry = SAME.withGroups(groups);
    Shape w = Shape.of(filters, 16 / groups, 3, 3);
    Shape out = geometry.outputShape(IMAGES, w);
    double[] gradient =
        values(
            mixed.conv2dInputGrad(
                floats(out, normal(out, 1)), floats(w, normal(w, 2)), IMAGES, geometry));
    return Arrays.equals(gradient, rounded(gradient));
  }

  @Test
  void float64IsComputedInFull() {
    NDArray input = Djl.array(DType.FLOAT64, IMAGES, normal(IMAGES, 1));
    NDArray filters = Djl.array(DType.FLOAT64, FILTERS, normal(FILTERS, 2));
    assertThat(values(mixed.conv2d(input, filters, SAME)))
        .containsExactly(values(DJL.conv2d(input, filters, SAME)));
  }

  /** An operation of images and a float32 array of the same shape. */
  private record Named(String name, BinaryOperator<NDArray> operation) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> operations() {
    return Stream.of(
        new Named("add", (y, f) -> mixed.add(y, f)),
        new Named("add to itself", (y, f) -> mixed.add(y, y)),
        new Named("mul", (y, f) -> mixed.mul(f, y)),
        new Named("maximum", (y, f) -> mixed.maximum(f, y)),
        new Named("pow", (y, f) -> mixed.pow(mixed.abs(y), f)),
        new Named("sign", (y, f) -> mixed.sign(y)),
        new Named("mulScalar", (y, f) -> mixed.mulScalar(y, 3).orElseThrow()),
        new Named("where", (y, f) -> mixed.where(mixed.greater(y, f), y, f)),
        new Named("concat", (y, f) -> mixed.concat(List.of(y, f), 1)),
        new Named("cast", (y, f) -> mixed.cast(y, DType.FLOAT64)),
        new Named("pad", (y, f) -> mixed.pad(y, ints(1), ints(0), ints(0), 2)),
        new Named("gather", (y, f) -> mixed.gather(y, 3, indices())),
        new Named("scatterAdd", (y, f) -> mixed.scatterAdd(y, 3, indices(), 7)),
        new Named("sum", (y, f) -> mixed.sum(y, 0, 2, 3)),
        new Named("sum of all", (y, f) -> mixed.sum(y, 0, 1, 2, 3)),
        new Named("sum of none", (y, f) -> mixed.sum(y)),
        new Named("channelSum", (y, f) -> mixed.channelSum(y).orElseThrow()),
        new Named("max", (y, f) -> mixed.max(y, 1)),
        new Named("argMax", (y, f) -> mixed.cast(mixed.argMax(y, 2), DType.FLOAT32)),
        new Named("matmul", (y, f) -> mixed.matmul(rows(y), mixed.permute(rows(f), 1, 0))),
        new Named("small matmul", (y, f) -> mixed.matmul(y, f)),
        new Named("linear", (y, f) -> mixed.linear(rows(y), rows(f), bias(), true).orElseThrow()),
        new Named("relu", (y, f) -> mixed.relu(y).orElseThrow()),
        new Named("reluGrad", (y, f) -> mixed.reluGrad(f, y).orElseThrow()),
        new Named("reluGrad of images", (y, f) -> mixed.reluGrad(y, f).orElseThrow()),
        new Named("gelu", (y, f) -> mixed.gelu(y).orElseThrow()),
        new Named("geluGrad", (y, f) -> mixed.geluGrad(f, y).orElseThrow()),
        new Named("geluGrad of images", (y, f) -> mixed.geluGrad(y, f).orElseThrow()),
        new Named("sigmoid", (y, f) -> mixed.sigmoid(y).orElseThrow()),
        new Named("logSoftmax", (y, f) -> mixed.logSoftmax(y, 1).orElseThrow()),
        new Named("avgPool2d", (y, f) -> mixed.avgPool2d(y, POOL)),
        new Named("avgPool2dGrad", (y, f) -> mixed.avgPool2dGrad(y, Shape.of(4, 16, 12, 12), POOL)),
        new Named("maxPool2d", (y, f) -> mixed.maxPool2d(y, POOL).orElseThrow().values()),
        new Named(
            "maxPool2dGrad",
            (y, f) -> {
              var pooled = mixed.maxPool2d(y, POOL).orElseThrow();
              return mixed
                  .maxPool2dGrad(pooled.values(), pooled.indices(), IMAGES, POOL)
                  .orElseThrow();
            }),
        new Named("conv2d", (y, f) -> mixed.conv2d(y, floats(FILTERS, normal(FILTERS, 5)), SAME)),
        new Named("conv2dWeightGrad", (y, f) -> mixed.conv2dWeightGrad(f, y, FILTERS, SAME)),
        new Named("batchNorm", (y, f) -> mixed.batchNorm(y, ones(), ones(), 0.1).get().output()),
        new Named(
            "batchNormInference",
            (y, f) ->
                mixed
                    .batchNormInference(y, ones(), ones(), ones(), ones(), 0.1, true)
                    .orElseThrow()),
        new Named("batch mean", (y, f) -> mixed.batchNorm(y, ones(), ones(), 0.1).get().mean()),
        new Named(
            "batch variance", (y, f) -> mixed.batchNorm(y, ones(), ones(), 0.1).get().variance()),
        new Named(
            "batchNormGrad",
            (y, f) -> mixed.batchNormGrad(f, y, ones(), ones(), ones(), 0.1).get().input()),
        new Named(
            "batchNormGrad of gamma",
            (y, f) -> mixed.batchNormGrad(f, y, ones(), ones(), ones(), 0.1).get().gamma()),
        new Named(
            "softmaxCrossEntropy",
            (y, f) -> mixed.softmaxCrossEntropy(rows(y), labels(), 0.1).orElseThrow()),
        new Named(
            "softmaxCrossEntropyGrad",
            (y, f) ->
                mixed
                    .softmaxCrossEntropyGrad(
                        floats(Shape.of(4), 1, 2, 3, 4), rows(y), labels(), 0.1)
                    .orElseThrow()),
        new Named(
            "sgdUpdate",
            (y, f) -> {
              NDArray parameter = mixed.add(f, f);
              mixed.sgdUpdate(parameter, y, null, new SgdStep(0.5, 0, false, 0));
              return parameter;
            }),
        new Named(
            "assign",
            (y, f) -> {
              NDArray target = mixed.add(f, f);
              mixed.assign(target, y);
              return target;
            }));
  }

  private static int[] ints(int value) {
    return new int[] {value, value, value, value};
  }

  private static NDArray rows(NDArray images) {
    return mixed.reshape(images, Shape.of(4, 16 * 36));
  }

  private static NDArray bias() {
    return floats(Shape.of(4), 1, 2, 3, 4);
  }

  private static NDArray labels() {
    return longs(Shape.of(4), 0, 5, 9, 575);
  }

  private static NDArray ones() {
    return mixed.full(Shape.of(16), DType.FLOAT32, 1);
  }

  private static NDArray indices() {
    long[] last = IntStream.range(0, IMAGES.size()).mapToLong(i -> i % 6).toArray();
    return longs(IMAGES, last);
  }

  /** What full precision makes of the same values, but for the rounding of the result. */
  @ParameterizedTest
  @MethodSource("operations")
  void operationsTakeImages(Named named) {
    NDArray filters = floats(FILTERS, normal(FILTERS, 2));
    NDArray small = mixed.mulScalar(filters, 0.1).orElseThrow();
    NDArray images = mixed.conv2d(floats(IMAGES, normal(IMAGES, 1)), small, SAME);
    NDArray same = floats(IMAGES, values(images));
    NDArray other = floats(IMAGES, normal(IMAGES, 3));
    NDArray actual = named.operation().apply(images, other);
    NDArray expected = named.operation().apply(same, other);
    assertThat(mixed.dtype(actual)).isEqualTo(mixed.dtype(expected));
    assertThat(mixed.shape(actual)).isEqualTo(mixed.shape(expected));
    double[] a = values(actual);
    double[] e = values(expected);
    double largest = Arrays.stream(e).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - e[i]))
          .isLessThanOrEqualTo(EPSILON * (Math.abs(e[i]) + largest / 4));
    }
  }
}
