package io.github.trimaran.examples.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Softmax;
import io.github.trimaran.onnx.OnnxExport;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.style.StyleSettings;
import io.github.trimaran.vision.visualize.Saliency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxPicturesTest {

  private static final int SIDE = 32;

  @TempDir Path folder;
  private Backend<?> backend;
  private Sequential net;
  private Pretrained pretrained;

  @BeforeEach
  void export() throws IOException {
    backend = Backends.get("cpu");
    net =
        Sequential.builder()
            .add("conv1", new Conv2d(3, 4, 5).stride(4))
            .add("relu1", new ReLU())
            .add("conv2", new Conv2d(4, 2, 3))
            .add("relu2", new ReLU())
            .add("flatten", new Flatten())
            .add("fc", new Linear(50, 3))
            .add("softmax", new Softmax())
            .build();
    net.init(backend, DType.FLOAT64, Rng.seeded(5));
    Path file = folder.resolve("net.onnx");
    OnnxExport.of(net)
        .classNames(List.of("cat", "dog", "ship"))
        .metadata(ImagePreparation.imageNet().metadata())
        .write(HostArray.zeros(Shape.of(1, 3, SIDE, SIDE), DType.FLOAT64), file);
    pretrained = PretrainedFiles.read(file, null);
  }

  @AfterEach
  void close() {
    net.close();
    backend.close();
  }

  private static double[] picture() {
    Rng rng = Rng.seeded(2);
    return DoubleStream.generate(() -> rng.nextDouble(0, 255)).limit(3 * SIDE * SIDE).toArray();
  }

  private double score(PictureNetwork pictures, double[] pixels, int index) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open()) {
      Tensor x = Tensor.of(backend, pixels, 1, 3, SIDE, SIDE);
      return pictures.scores(pictures.prepare(x)).toDoubles()[index];
    }
  }

  @Test
  void knowsItsClassesSizeAndActivations() {
    assertThat(pretrained.weights()).isNull();
    assertThat(pretrained.classes()).containsExactly("cat", "dog", "ship");
    assertThat(pretrained.isSmall()).isTrue();
    assertThat(pretrained.visualization(false).size()).isEqualTo(SIDE);
    assertThat(pretrained.visualization(false).octaves()).isEqualTo(1);
    assertThat(pretrained.other().features()).hasSize(2);
    StyleSettings style = pretrained.style();
    assertThat(pretrained.other().features())
        .containsAll(style.styleLayers().keySet())
        .contains(style.contentLayer());
  }

  @Test
  void scoresAreThoseBeforeTheSoftmax() throws IOException {
    try (PictureNetwork pictures = pretrained.network(backend, DType.FLOAT64)) {
      double[] exponentials = new double[3];
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        exponentials[i] = Math.exp(score(pictures, picture(), i));
        sum += exponentials[i];
      }
      try (Scope scope = Scope.open()) {
        Tensor input = pictures.prepare(Tensor.of(backend, picture(), 1, 3, SIDE, SIDE));
        double[] probabilities = net.forward(input).toDoubles();
        for (int i = 0; i < 3; i++) {
          assertThat(exponentials[i] / sum).isCloseTo(probabilities[i], within(1e-12));
        }
      }
    }
  }

  @Test
  void saliencyIsTheLargestDerivativeByAnyColour() throws IOException {
    try (PictureNetwork pictures = pretrained.network(backend, DType.FLOAT64)) {
      double[] pixels = picture();
      HostArray map = Saliency.map(pictures, HostArray.of(pixels, Shape.of(1, 3, SIDE, SIDE)), 1);
      double step = 1e-4;
      for (int place : List.of(0, 5 * SIDE + 7, 17 * SIDE + 3, SIDE * SIDE - SIDE)) {
        double largest = 0;
        for (int colour = 0; colour < 3; colour++) {
          double[] more = pixels.clone();
          double[] less = pixels.clone();
          more[colour * SIDE * SIDE + place] += step;
          less[colour * SIDE * SIDE + place] -= step;
          double slope = (score(pictures, more, 1) - score(pictures, less, 1)) / (2 * step);
          largest = Math.max(largest, Math.abs(slope));
        }
        assertThat(map.get(place)).isCloseTo(largest, within(1e-9));
      }
    }
  }

  @Test
  void featureMapsAreTheValuesInside() throws IOException {
    try (PictureNetwork pictures = pretrained.network(backend, DType.FLOAT64);
        Scope scope = Scope.open()) {
      Tensor input = pictures.prepare(Tensor.of(backend, picture(), 1, 3, SIDE, SIDE));
      String second = pictures.featureNames().get(1);
      Map<String, Tensor> maps = pictures.featureMaps(input, List.of(second));
      double[] expected = net.outputs(input, List.of("relu2")).get("relu2").toDoubles();
      assertThat(maps.get(second).shape()).isEqualTo(Shape.of(1, 2, 5, 5));
      assertThat(maps.get(second).toDoubles()).containsExactly(expected, within(1e-12));
      assertThatThrownBy(() -> pictures.featureMaps(input, List.of("nothing")))
          .hasMessageContaining("no value 'nothing' inside; there are");
    }
  }
}
