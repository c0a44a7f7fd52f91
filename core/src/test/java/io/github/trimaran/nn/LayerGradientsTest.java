package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerGradientsTest {

  @Test
  void convolutions() {
    LayerGradients.check(new Conv2d(2, 3, 3).padding(1), 2, 2, 5, 4);
    LayerGradients.check(new Conv2d(4, 2, 2).stride(2).groups(2).samePadding(), 2, 4, 5, 6);
    LayerGradients.check(new Conv2d(2, 3, 3, 2).dilation(2).withoutBias(), 1, 2, 6, 5);
  }

  @Test
  void affineMaps() {
    LayerGradients.check(new Linear(5, 3), 4, 5);
    LayerGradients.check(new Linear(5, 3).withoutBias(), 4, 5);
  }

  @Test
  void pools() {
    LayerGradients.check(new MaxPool2d(2), 2, 2, 4, 4);
    LayerGradients.check(new MaxPool2d(3, 2).ceilMode(), 1, 2, 6, 6);
    LayerGradients.check(new AvgPool2d(2), 2, 2, 4, 4);
    LayerGradients.check(new GlobalAvgPool(), 2, 3, 4, 5);
    LayerGradients.check(new GlobalMaxPool(), 2, 3, 4, 5);
  }

  @Test
  void activations() {
    for (Layer layer :
        new Layer[] {
          new ReLU(),
          new LeakyReLU(0.1),
          new Sigmoid(),
          new Tanh(),
          new GELU(),
          GELU.exact(),
          new SiLU(),
          new Softmax(),
          new LogSoftmax(),
          new Identity(),
          new Flatten()
        }) {
      LayerGradients.check(layer, 3, 7);
    }
  }

  @Test
  void batchNorm() {
    LayerGradients.check(new BatchNorm2d(3), 4, 3, 2, 2);
    LayerGradients.checkTraining(new BatchNorm2d(3), 4, 3, 2, 2);
  }

  @Test
  void blocks() {
    LayerGradients.check(
        new Residual(
            new Sequential(new Conv2d(2, 3, 3).padding(1), new Tanh()), new Conv2d(2, 3, 1)),
        2,
        2,
        4,
        4);
    LayerGradients.check(new Concat(new Conv2d(2, 1, 1), new Identity()), 2, 2, 3, 3);
    LayerGradients.check(
        new BasicConvNet(
            BasicConvNet.Settings.defaults(Shape.of(1, 6, 6))
                .withFilters(2)
                .withFilterSize(3)
                .withHidden(5)
                .withClasses(3)),
        2,
        1,
        6,
        6);
  }

  @Test
  void aWrongGradientIsFound() {
    Layer wrong =
        new Layer() {
          @Override
          protected Tensor compute(Tensor x, Mode mode) {
            return x.mul(x.detach());
          }
        };
    assertThatThrownBy(() -> LayerGradients.check(wrong, 3, 2)).isInstanceOf(AssertionError.class);
  }
}
