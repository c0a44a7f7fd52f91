package io.github.trimaran.vision.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import org.junit.jupiter.api.Test;

class VisualizeTest {

  private final Backend<?> backend = Backends.get("cpu");

  private SqueezeNet net(DType dtype) {
    SqueezeNet net = new SqueezeNet(SqueezeNet.Version.V1_1, 3);
    net.init(backend, dtype, Rng.seeded(4));
    return net;
  }

  /** Each pixel's saliency against the largest of the central differences of its three channels. */
  @Test
  void saliencyIsTheLargestDerivativeOfEachPixel() {
    Shape shape = Shape.of(1, 3, 40, 40);
    float[] pixels = new float[shape.size()];
    Rng rng = Rng.seeded(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) rng.nextDouble(0, 255);
    }
    try (SqueezeNet net = net(DType.FLOAT64)) {
      HostArray map = Saliency.map(PictureNetwork.of(net), HostArray.of(pixels, shape), 1);
      assertThat(map.shape()).isEqualTo(Shape.of(40, 40));
      for (int pixel : new int[] {0, 777, 1599}) {
        double expected = 0;
        for (int channel = 0; channel < 3; channel++) {
          double[] values = HostArray.of(pixels, shape).toDoubles();
          int i = channel * 1600 + pixel;
          double step = 1e-4;
          values[i] += step;
          double up = score(net, values, shape);
          values[i] -= 2 * step;
          expected = Math.max(expected, Math.abs(up - score(net, values, shape)) / (2 * step));
        }
        assertThat(map.get(pixel)).isCloseTo(expected, within(1e-5 * expected + 1e-12));
      }
    }
  }

  private double score(SqueezeNet net, double[] values, Shape shape) {
    try (Scope scope = Scope.open()) {
      return net.forward(net.prepare(Tensor.of(backend, HostArray.of(values, shape))))
          .toDoubles()[1];
    }
  }

  @Test
  void saliencyPicturesAreGreyAndFillTheRange() {
    double[] values = new double[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    float[] pixels = Saliency.toPixels(HostArray.of(values, Shape.of(10, 100))).floats();
    assertThat(pixels[0]).isZero();
    assertThat(pixels[999]).isEqualTo(255);
    assertThat(pixels[1500]).isEqualTo(pixels[500]).isCloseTo(128, within(1f));
  }

  @Test
  void scoresRiseWithAndWithoutHelps() {
    VisualizationSettings helped = new VisualizationSettings(12, 48, 0.15, 0, 2, 0, 0.5, true, 1);
    VisualizationSettings plain = new VisualizationSettings(12, 48, 0.15, 0, 0, 0, 0.5, false, 1);
    try (SqueezeNet net = net(DType.FLOAT32)) {
      for (VisualizationSettings settings : new VisualizationSettings[] {helped, plain}) {
        ClassVisualization.Result result =
            new ClassVisualization(net, settings).run(2, Rng.seeded(1));
        assertThat(result.scores()).hasSize(12);
        assertThat(result.scores().get(result.scores().size() - 1))
            .isGreaterThan(result.scores().get(0));
        assertThat(result.pixels().shape()).isEqualTo(Shape.of(1, 3, 48, 48));
        assertThat(result.probability()).isBetween(0.0, 1.0);
        assertThat(new ClassVisualization(net, settings).run(2, Rng.seeded(1)).pixels())
            .isEqualTo(result.pixels());
      }
    }
  }

  @Test
  void severalScalesEndAtTheFullSize() {
    VisualizationSettings scaled = new VisualizationSettings(3, 64, 0.15, 0, 0, 2, 0.5, true, 2);
    try (SqueezeNet net = net(DType.FLOAT32)) {
      ClassVisualization.Result result = new ClassVisualization(net, scaled).run(0, Rng.seeded(1));
      assertThat(result.scores()).hasSize(6);
      assertThat(result.pixels().shape()).isEqualTo(Shape.of(1, 3, 64, 64));
    }
  }

  @Test
  void aStrongPenaltyKeepsThePictureNearTheMean() {
    VisualizationSettings strong = new VisualizationSettings(30, 48, 0.05, 100, 0, 0, 1, false, 1);
    try (SqueezeNet net = net(DType.FLOAT32)) {
      HostArray pixels = new ClassVisualization(net, strong).run(0, Rng.seeded(1)).pixels();
      double mean = net.preparation().mean().get(0) * 255;
      assertThat(pixels.get(0)).isCloseTo(mean, within(12.0));
    }
  }
}
