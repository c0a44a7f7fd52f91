package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import org.assertj.core.api.AbstractDoubleArrayAssert;
import org.junit.jupiter.api.Test;

/** What layers compute, against values by hand. */
class LayerValuesTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor row(double... values) {
    return Tensor.of(backend, values, 1, values.length);
  }

  private AbstractDoubleArrayAssert<?> assertValues(Layer layer, double... input) {
    return assertThat(layer.forward(row(input)).toDoubles());
  }

  @Test
  void activations() {
    assertValues(new ReLU(), -2, 0, 3).containsExactly(0, 0, 3);
    assertValues(new LeakyReLU(0.1), -2, 0, 3)
        .containsExactly(new double[] {-0.2, 0, 3}, within(1e-15));
    assertValues(new Sigmoid(), 0, Math.log(3))
        .containsExactly(new double[] {0.5, 0.75}, within(1e-15));
    assertValues(new Tanh(), 0, 0.5 * Math.log(3))
        .containsExactly(new double[] {0, 0.5}, within(1e-15));
    assertValues(new SiLU(), Math.log(3))
        .containsExactly(new double[] {0.75 * Math.log(3)}, within(1e-15));
    // PyTorch's gelu(x, approximate='tanh') at 1 and -2.
    assertValues(new GELU(), 1, -2)
        .containsExactly(new double[] {0.8411919906082768, -0.04540230591222027}, within(1e-12));
    assertValues(new Softmax(), 0, Math.log(3))
        .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    assertValues(new LogSoftmax(), 0, Math.log(3))
        .containsExactly(new double[] {Math.log(0.25), Math.log(0.75)}, within(1e-15));
  }

  @Test
  void affineMap() {
    Linear layer = new Linear(2, 2);
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    layer.parameters().get(0).tensor().assign(Tensor.of(backend, new double[] {1, 2, 3, 4}, 2, 2));
    layer.parameters().get(1).tensor().assign(Tensor.of(backend, new double[] {10, -40}, 2));
    assertValues(layer, 1, 5).containsExactly(21, -17);
    assertThat(layer.forwardRelu(row(1, 5), Mode.EVAL).toDoubles()).containsExactly(21, 0);
  }

  @Test
  void evenKernelsPadMoreBelowAndRight() {
    Conv2d layer = new Conv2d(1, 1, 2).samePadding().weightInit(Initializers.ones()).withoutBias();
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor image = Tensor.of(backend, new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
    assertThat(layer.forward(image).toDoubles()).containsExactly(10, 6, 7, 4);
  }

  @Test
  void blocks() {
    Residual residual = new Residual(new LeakyReLU(2));
    assertValues(residual, -1, 3).containsExactly(-3, 6);
    Concat concat = new Concat(new ReLU(), new Identity());
    assertValues(concat, -1, 3).containsExactly(0, 3, -1, 3);
    assertThatThrownBy(
            () ->
                new Residual(new Flatten())
                    .forward(Tensor.zeros(backend, Shape.of(2, 1, 2, 2), DType.FLOAT64)))
        .hasMessage("residual: body gives [2, 4], shortcut [2, 1, 2, 2] in Residual");
  }

  @Test
  void globalPools() {
    Tensor image = Tensor.of(backend, new double[] {1, 2, 3, 6, -1, -2, -3, -6}, 1, 2, 2, 2);
    assertThat(new GlobalAvgPool().forward(image).toDoubles()).containsExactly(3, -3);
    assertThat(new GlobalMaxPool().forward(image).toDoubles()).containsExactly(6, -1);
    assertThat(new Flatten().forward(image).shape()).isEqualTo(Shape.of(1, 8));
  }

  @Test
  void dropoutKeepsTheExpectationAndIsOffInEvaluation() {
    Dropout dropout = new Dropout(0.25);
    Tensor ones = Tensor.ones(backend, Shape.of(100, 100), DType.FLOAT64);
    assertThat(dropout.forward(ones)).isSameAs(ones);
    double[] dropped = dropout.forward(ones, Mode.train(Rng.seeded(1))).toDoubles();
    assertThat(dropped).containsOnly(0, 1 / 0.75);
    long zeros = java.util.Arrays.stream(dropped).filter(v -> v == 0).count();
    // Five standard deviations of a binomial around 2500.
    assertThat(zeros).isBetween(2500L - 217, 2500L + 217);
    assertThat(dropout.forward(ones, Mode.train(Rng.seeded(1))).toDoubles()).isEqualTo(dropped);
    assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("below 1");
  }

  @Test
  void batchNormMovesItsRunningStatistics() {
    BatchNorm2d layer = new BatchNorm2d(1).momentum(0.25).epsilon(0);
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.of(backend, new double[] {1, 3, 5, 7}, 2, 1, 1, 2);
    // Mean 4, biased variance 5, unbiased 20 / 3.
    double[] trained = layer.forward(x, Mode.train(Rng.seeded(1))).toDoubles();
    double root = Math.sqrt(5);
    assertThat(trained)
        .containsExactly(new double[] {-3 / root, -1 / root, 1 / root, 3 / root}, within(1e-14));
    assertThat(layer.buffers().get("running_mean").item()).isCloseTo(1, within(1e-14));
    double variance = 0.75 + 0.25 * 20 / 3;
    assertThat(layer.buffers().get("running_var").item()).isCloseTo(variance, within(1e-14));
    assertThat(layer.forward(x).toDoubles()[3]).isCloseTo(6 / Math.sqrt(variance), within(1e-14));
    Tensor single = Tensor.ones(backend, Shape.of(1, 1, 1, 1), DType.FLOAT64);
    assertThatThrownBy(() -> layer.forward(single, Mode.train(Rng.seeded(1))))
        .hasMessageContaining("at least two values a channel");
  }

  @Test
  void initialisersHaveTheirVariance() {
    Shape weight = Shape.of(40, 20, 5, 5);
    assertThat(Initializers.fanIn(weight)).isEqualTo(500);
    assertThat(Initializers.fanOut(weight)).isEqualTo(1000);
    assertVariance(Initializers.heNormal(), 2.0 / 500);
    assertVariance(Initializers.heUniform(), 2.0 / 500);
    assertVariance(Initializers.xavierNormal(), 2.0 / 1500);
    assertVariance(Initializers.xavierUniform(), 2.0 / 1500);
    assertVariance(Initializers.torchDefault(), 1.0 / (3 * 500));
    assertVariance(Initializers.normal(0.01), 1e-4);
    // The variance of a normal variable cut off at two standard deviations.
    assertVariance(Initializers.truncatedNormal(1), 0.7737413);
    assertThat(Initializers.truncatedNormal(3).draw(weight, Rng.seeded(1)))
        .satisfies(
            values ->
                assertThat(java.util.Arrays.stream(values).max().getAsDouble())
                    .isBetween(5.9, 6.0));
    assertThatThrownBy(() -> Initializers.heNormal().draw(Shape.of(3), Rng.seeded(1)))
        .hasMessageContaining("[3]");
  }

  private static void assertVariance(Initializer initializer, double expected) {
    double[] values = initializer.draw(Shape.of(40, 20, 5, 5), Rng.seeded(7));
    double mean = java.util.Arrays.stream(values).average().getAsDouble();
    double square = java.util.Arrays.stream(values).map(v -> v * v).average().getAsDouble();
    // 20,000 samples: five standard errors of mean and variance.
    assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(expected / 20000)));
    assertThat(square).isCloseTo(expected, within(5 * expected * Math.sqrt(2.0 / 20000)));
  }

  @Test
  void diracPassesItsInputOn() {
    Conv2d layer = new Conv2d(2, 3, 3).padding(1).weightInit(Initializers.dirac()).withoutBias();
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor image =
        Tensor.of(
            backend, HostArray.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, Shape.of(1, 2, 2, 2)));
    assertThat(layer.forward(image).narrow(1, 0, 2).toHost()).isEqualTo(image.toHost());
  }
}
