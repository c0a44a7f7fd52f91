package io.github.trimaran.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fused operations, by hand values and plain loops, with the values that shortcuts get wrong. */
class FusedTest {

  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final Nd4jBackend backend =
      (Nd4jBackend) new Nd4jBackendProvider().create(new BackendOptions(2, "cpu"));

  private Nd4jArray array(DType dtype, double... values) {
    return backend.fromHost(HostArray.of(values, Shape.of(values.length)).to(dtype));
  }

  private double[] take(Nd4jArray array) {
    double[] values = backend.toHost(array).toDoubles();
    backend.release(array);
    return values;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void reluAndItsGradientAtSpecialValues(DType dtype) {
    double[] odd = {1, 0, -0.0, -1, NAN, INF, -INF, Float.MIN_VALUE, -Float.MIN_VALUE};
    Nd4jArray x = array(dtype, odd);
    Nd4jArray g = array(dtype, 2, 2, 2, 2, 2, NAN, INF, -INF, 2);
    assertThat(take(backend.relu(x).orElseThrow()))
        .containsExactly(1, 0, 0, 0, NAN, INF, 0, Float.MIN_VALUE, 0);
    assertThat(take(backend.reluGrad(g, x).orElseThrow()))
        .containsExactly(2, 0, 0, 0, 0, NAN, 0, -INF, 0);
    backend.release(x);
    backend.release(g);
    assertThat(backend.liveArrays()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void maxPoolingAsPlainLoopsDoIt(DType dtype) {
    NaiveBackend loops = new NaiveBackend();
    Rng rng = Rng.seeded(5);
    double[] odd = {0, -0.0, 1, -1, INF, -INF, 2};
    for (int kernel = 1; kernel <= 3; kernel++) {
      for (int width = 6; width <= 9; width++) {
        Shape shape = Shape.of(3, 4, 7, width);
        HostArray values = HostArray.zeros(shape, dtype);
        for (int i = 0; i < shape.size(); i++) {
          boolean special = i < shape.size() / 2;
          values.set(i, special ? odd[rng.nextInt(odd.length)] : rng.nextGaussian());
        }
        values.set(shape.size() - 9, NAN);
        values.set(shape.size() - 2, NAN);
        Pool2dGeometry geometry = Pool2dGeometry.of(kernel, 2);
        NaiveArray naive = loops.fromHost(values);
        double[] expected = loops.toHost(loops.maxPool2dIndices(naive, geometry)).toDoubles();
        Nd4jArray x = backend.fromHost(values);
        MaxPooled<Nd4jArray> pooled = backend.maxPool2d(x, geometry).orElseThrow();
        double[] maxima = take(pooled.values());
        double[] places = take(pooled.indices());
        assertThat(places).containsExactly(expected);
        int planeOut = maxima.length / 12;
        for (int i = 0; i < maxima.length; i++) {
          double chosen = values.get(i / planeOut * 7 * width + (int) places[i]);
          assertThat(maxima[i] == chosen || Double.isNaN(maxima[i]) && Double.isNaN(chosen))
              .isTrue();
        }
        backend.release(x);
      }
    }
    assertThat(backend.liveArrays()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void adamsFirstStepIsTheRateInTheGradientsDirection(DType dtype) {
    int size = 200_003;
    Nd4jArray w = backend.full(Shape.of(size), dtype, 1);
    Nd4jArray g = backend.full(Shape.of(size), dtype, -3);
    Nd4jArray m = backend.full(Shape.of(size), dtype, 0);
    Nd4jArray s = backend.full(Shape.of(size), dtype, 0);
    AdamStep step = new AdamStep(0.5, 0.9, 0.999, 0, 0, 1 - 0.9, 1 - 0.999);
    assertThat(backend.adamUpdate(w, g, m, s, step)).isTrue();
    for (double value : backend.toHost(w).toDoubles()) {
      assertThat(Math.abs(value - 1.5)).isLessThan(1e-5);
    }
    List.of(w, g, m, s).forEach(backend::release);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void crossEntropyOfEvenScoresIsTheLogarithmOfTheirNumber(DType dtype) {
    Nd4jArray logits = backend.full(Shape.of(3, 4), dtype, 1e4);
    Nd4jArray labels = backend.fromHost(HostArray.of(new long[] {0, 3, 1}, Shape.of(3)));
    Nd4jArray ones = backend.full(Shape.of(3), dtype, 1);
    for (double loss : take(backend.softmaxCrossEntropy(logits, labels, 0).orElseThrow())) {
      assertThat(Math.abs(loss - Math.log(4))).isLessThan(1e-6);
    }
    double[] grad = take(backend.softmaxCrossEntropyGrad(ones, logits, labels, 0).orElseThrow());
    assertThat(grad)
        .containsExactly(-0.75, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, -0.75, 0.25, -0.75, 0.25, 0.25);
    List.of(logits, labels, ones).forEach(backend::release);
  }
}
