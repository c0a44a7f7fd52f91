package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
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
    // x Phi(x) by published digits of the normal distribution; PyTorch's gelu(x).
    assertValues(GELU.exact(), 1, -1, 0)
        .containsExactly(new double[] {0.8413447460685429, -0.15865525393145707, 0}, within(1e-15));
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
        .hasMessage("residual: body gives [2, 4], shortcut [2, 1, 2, 2] (in Residual)");
  }

  @Test
  void globalPools() {
    Tensor image = Tensor.of(backend, new double[] {1, 2, 3, 6, -1, -2, -3, -6}, 1, 2, 2, 2);
    assertThat(new GlobalAvgPool().forward(image).toDoubles()).containsExactly(3, -3);
    assertThat(new GlobalMaxPool().forward(image).toDoubles()).containsExactly(6, -1);
    assertThat(new Flatten().forward(image).shape()).isEqualTo(Shape.of(1, 8));
  }

  /** Ties in rows and in columns: PyTorch's gradient goes to the first in row-major order. */
  @Test
  void theFirstOfEqualMaximaTakesTheGradient() {
    Tensor flat = Tensor.ones(backend, Shape.of(1, 1, 3, 3), DType.FLOAT64).requiresGrad();
    double[] adaptive =
        Gradients.of(new AdaptiveMaxPool2d(2).forward(flat).sum(), flat).get(flat).toDoubles();
    assertThat(adaptive).containsExactly(1, 1, 0, 1, 1, 0, 0, 0, 0);
    double[] dilated =
        Gradients.of(new MaxPool2d(2).dilation(2).forward(flat).sum(), flat).get(flat).toDoubles();
    assertThat(dilated).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
    Tensor cross = Tensor.of(backend, new double[] {0, 0, 1, 0, 0, 0, 1, 0, 0}, 1, 1, 3, 3);
    Tensor watched = cross.requiresGrad();
    Tensor corner = new MaxPool2d(2).dilation(2).forward(watched);
    assertThat(Gradients.of(corner.sum(), watched).get(watched).toDoubles())
        .containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void shapesAndFunctions() {
    Tensor x = Tensor.of(backend, new double[] {1, 2, 3, 4, 5, 6}, 1, 6);
    assertThat(new Reshape(2, -1).forward(x).shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(new Reshape(2, 0).forward(x.narrow(0, 0, 0).reshape(1, 0)).shape())
        .isEqualTo(Shape.of(1, 2, 0));
    assertThat(new Unflatten(-1, 3, 2).forward(x).shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(new Flatten().forward(Tensor.of(backend, 1.0, 2.0)).shape())
        .isEqualTo(Shape.of(2, 1));
    assertThat(new Lambda(y -> y.mul(2)).forward(x).toDoubles())
        .containsExactly(2, 4, 6, 8, 10, 12);
  }

  @Test
  void weightsAndBiasesAreThereToBeSet() {
    Conv2d conv = new Conv2d(1, 1, 1);
    conv.init(backend, DType.FLOAT64, Rng.seeded(1));
    conv.weight().tensor().assign(Tensor.of(backend, new double[] {3}, 1, 1, 1, 1));
    conv.bias().tensor().assign(Tensor.of(backend, 0.5));
    assertThat(conv.forward(Tensor.of(backend, new double[] {2}, 1, 1, 1, 1)).item())
        .isEqualTo(6.5);
  }

  /** PyTorch's bound for a grouped convolution is of the inputs that each output sees. */
  @Test
  void biasesOfGroupsAreDrawnByTheirFanIn() {
    Conv1d layer = new Conv1d(64, 4000, 4).groups(16);
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    double[] biases = layer.bias().tensor().toDoubles();
    // 4 channels of 4 elements: uniform in +-1/4.
    assertThat(java.util.Arrays.stream(biases).max().getAsDouble()).isBetween(0.245, 0.25);
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
