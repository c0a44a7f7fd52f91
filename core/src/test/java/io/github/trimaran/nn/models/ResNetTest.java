package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.models.ResNet.Depth;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {

  private static final double EPSILON = 1e-5;

  private final NaiveBackend backend = new NaiveBackend();

  /** The numbers that torchvision's documentation gives as {@code num_params}. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18,11689512",
    "RESNET34,21797672",
    "RESNET50,25557032",
    "RESNET101,44549160",
    "RESNET152,60192808"
  })
  void hasThePublishedParameters(Depth depth, long parameters) {
    ResNet net = new ResNet(depth, 1000);
    assertThat(net.numParameters()).isEqualTo(parameters);
    assertThat(net.summary(Shape.of(2, 3, 224, 224))).contains("[2, 1000]");
  }

  @Test
  void keepsTheSizeOfSmallImages() {
    String summary = ResNet.forSmallImages(Depth.RESNET18, 10).summary(Shape.of(2, 3, 32, 32));
    assertThat(summary).contains("[2, 64, 32, 32]").contains("[2, 512, 4, 4]").contains("[2, 10]");
  }

  @ParameterizedTest
  @CsvSource({"RESNET18,true", "RESNET50,true", "RESNET18,false", "RESNET50,false"})
  void computesWhatTorchvisionDoes(Depth depth, boolean small) {
    StateDict weights = Torchvision.weights(depth, 5, small, 2);
    try (ResNet net = new ResNet(depth, 5, small, 2);
        Scope scope = Scope.open()) {
      net.init(backend, DType.FLOAT64, ResNet.fromTorchvision(weights));
      int size = small ? 9 : 40;
      Tensor x = Tensor.randn(backend, Shape.of(2, 3, size, size), DType.FLOAT64, Rng.seeded(4));
      double[] expected = new Torchvision(backend, weights, depth, small).forward(x).toDoubles();
      assertThat(net.forward(x).toDoubles()).containsExactly(expected, within(1e-9));
    }
  }

  @Test
  void findsOutWhichItIs() {
    for (Depth depth : Depth.values()) {
      StateDict names = Torchvision.weights(depth, 3, depth == Depth.RESNET34, 1);
      assertThat(ResNetNames.depthOf(names)).isEqualTo(depth);
    }
    StateDict weights = Torchvision.weights(Depth.RESNET18, 3, true, 64);
    try (ResNet net = ResNet.pretrained(backend, DType.FLOAT32, weights)) {
      assertThat(net.depth()).isEqualTo(Depth.RESNET18);
      assertThat(net.part("fc").parameters().get(1).tensor().shape()).isEqualTo(Shape.of(3));
    }
    StateDict own = ResNet.fromTorchvision(weights);
    assertThat(own.names()).contains("layer2.0.residual.shortcut.1.running_var");
    assertThat(ResNet.toTorchvision(own)).isEqualTo(weights);
    assertThat(ResNetNames.depthOf(own)).isEqualTo(Depth.RESNET18);
    assertThatThrownBy(
            () ->
                ResNet.pretrained(
                    backend, DType.FLOAT32, weights.filter(name -> !name.startsWith("layer3.1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 2, 1, 2] blocks of two convolutions");
  }

  /** The network as torchvision's resnet.py writes it, by functions of tensors. */
  private record Torchvision(NaiveBackend backend, StateDict weights, Depth depth, boolean small) {

    private static final Map<Depth, int[]> BLOCKS =
        Map.of(
            Depth.RESNET18, new int[] {2, 2, 2, 2},
            Depth.RESNET34, new int[] {3, 4, 6, 3},
            Depth.RESNET50, new int[] {3, 4, 6, 3},
            Depth.RESNET101, new int[] {3, 4, 23, 3},
            Depth.RESNET152, new int[] {3, 8, 36, 3});

    private static boolean bottleneck(Depth depth) {
      return depth.compareTo(Depth.RESNET50) >= 0;
    }

    static StateDict weights(Depth depth, int classes, boolean small, int width) {
      Map<String, HostArray> all = new LinkedHashMap<>();
      int kernel = small ? 3 : 7;
      convolution(all, "conv1", "bn1", width, 3, kernel);
      int inputs = width;
      for (int stage = 0; stage < 4; stage++) {
        int planes = width << stage;
        for (int i = 0; i < BLOCKS.get(depth)[stage]; i++) {
          String block = "layer" + (stage + 1) + "." + i + ".";
          int outputs = bottleneck(depth) ? 4 * planes : planes;
          if (bottleneck(depth)) {
            convolution(all, block + "conv1", block + "bn1", planes, inputs, 1);
            convolution(all, block + "conv2", block + "bn2", planes, planes, 3);
            convolution(all, block + "conv3", block + "bn3", outputs, planes, 1);
          } else {
            convolution(all, block + "conv1", block + "bn1", planes, inputs, 3);
            convolution(all, block + "conv2", block + "bn2", planes, planes, 3);
          }
          if (inputs != outputs || (stage > 0 && i == 0)) {
            convolution(all, block + "downsample.0", block + "downsample.1", outputs, inputs, 1);
          }
          inputs = outputs;
        }
      }
      all.put("fc.weight", random(Shape.of(classes, inputs), 0.3, 0));
      all.put("fc.bias", random(Shape.of(classes), 0.3, 0));
      return StateDict.of(all);
    }

    private static void convolution(
        Map<String, HostArray> all, String conv, String norm, int outputs, int inputs, int size) {
      double deviation = 1 / Math.sqrt(inputs * size * size);
      all.put(conv + ".weight", random(Shape.of(outputs, inputs, size, size), deviation, 0));
      all.put(norm + ".weight", random(Shape.of(outputs), 0.1, 1));
      all.put(norm + ".bias", random(Shape.of(outputs), 0.1, 0));
      all.put(norm + ".running_mean", random(Shape.of(outputs), 0.1, 0));
      all.put(norm + ".running_var", random(Shape.of(outputs), 0.05, 1));
      all.put(norm + ".num_batches_tracked", HostArray.of(new long[] {7}, Shape.scalar()));
    }

    private static HostArray random(Shape shape, double deviation, double mean) {
      Rng rng = Rng.seeded(shape.size());
      double[] values = new double[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = mean + deviation * rng.nextGaussian();
      }
      return HostArray.of(values, shape);
    }

    private Tensor weight(String name) {
      return Tensor.of(backend, weights.get(name));
    }

    private Tensor normed(Tensor x, String conv, String norm, int stride, int padding) {
      Tensor y =
          Convolution.conv2d(x, weight(conv + ".weight"), Conv2dGeometry.of(stride, padding));
      Tensor deviation = channels(norm + ".running_var").add(EPSILON).sqrt();
      return y.sub(channels(norm + ".running_mean"))
          .div(deviation)
          .mul(channels(norm + ".weight"))
          .add(channels(norm + ".bias"));
    }

    private Tensor channels(String name) {
      return weight(name).reshape(1, -1, 1, 1);
    }

    Tensor forward(Tensor images) {
      Tensor x = normed(images, "conv1", "bn1", small ? 1 : 2, small ? 1 : 3).relu();
      x = small ? x : Pooling.maxPool2d(x, Pool2dGeometry.of(3, 2).withPadding(1, 1));
      for (int stage = 0; stage < 4; stage++) {
        for (int i = 0; i < BLOCKS.get(depth)[stage]; i++) {
          x = block(x, "layer" + (stage + 1) + "." + i + ".", i == 0 && stage > 0 ? 2 : 1);
        }
      }
      return x.mean(2, 3).matmul(weight("fc.weight").mT()).add(weight("fc.bias"));
    }

    private Tensor block(Tensor x, String name, int stride) {
      Tensor y;
      if (bottleneck(depth)) {
        y = normed(x, name + "conv1", name + "bn1", 1, 0).relu();
        y = normed(y, name + "conv2", name + "bn2", stride, 1).relu();
        y = normed(y, name + "conv3", name + "bn3", 1, 0);
      } else {
        y = normed(x, name + "conv1", name + "bn1", stride, 1).relu();
        y = normed(y, name + "conv2", name + "bn2", 1, 1);
      }
      Tensor identity =
          weights.contains(name + "downsample.0.weight")
              ? normed(x, name + "downsample.0", name + "downsample.1", stride, 0)
              : x;
      return y.add(identity).relu();
    }
  }
}
