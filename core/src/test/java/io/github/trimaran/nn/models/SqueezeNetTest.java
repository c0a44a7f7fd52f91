package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.TestData;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-jdk")
class SqueezeNetTest {

  private final Backend<?> backend = new NaiveBackend();

  /** The counts that the paper's networks have, and torchvision's documentation gives. */
  @Test
  void hasTheParametersOfThePublishedNetworks() {
    assertThat(new SqueezeNet(SqueezeNet.Version.V1_0, 1000).numParameters()).isEqualTo(1_248_424);
    assertThat(new SqueezeNet(SqueezeNet.Version.V1_1, 1000).numParameters()).isEqualTo(1_235_496);
  }

  @Test
  void hasTheNamesAndShapesOfTheRealWeights() throws IOException {
    Optional<Path> file = TestData.find("squeezenet/squeezenet1_0.safetensors");
    assumeThat(file).isPresent();
    StateDict weights = Safetensors.read(file.get());
    weights.requireMatch("SqueezeNet", new SqueezeNet(SqueezeNet.Version.V1_0, 1000).shapes());
  }

  @Test
  void poolsWhereThePublishedNetworksDo() {
    assertThat(maps(SqueezeNet.Version.V1_0))
        .containsEntry("features.0", Shape.of(1, 96, 29, 29))
        .containsEntry("features.2", Shape.of(1, 96, 14, 14))
        .containsEntry("features.5", Shape.of(1, 256, 14, 14))
        .containsEntry("features.6", Shape.of(1, 256, 7, 7))
        .containsEntry("features.10", Shape.of(1, 512, 7, 7))
        .containsEntry("features.12", Shape.of(1, 512, 3, 3));
    assertThat(maps(SqueezeNet.Version.V1_1))
        .containsEntry("features.0", Shape.of(1, 64, 31, 31))
        .containsEntry("features.4", Shape.of(1, 128, 15, 15))
        .containsEntry("features.5", Shape.of(1, 128, 7, 7))
        .containsEntry("features.8", Shape.of(1, 256, 3, 3))
        .containsEntry("features.12", Shape.of(1, 512, 3, 3));
  }

  /** 32 x 32 pixels become 4 x 4 positions; a fire module of equal channels adds its input. */
  @Test
  void theSmallVersionKeepsSomethingOfSmallImages() {
    assertThat(maps(SqueezeNet.Version.SMALL))
        .containsEntry("features.0", Shape.of(1, 48, 64, 64))
        .containsEntry("features.2", Shape.of(1, 48, 32, 32))
        .containsEntry("features.4", Shape.of(1, 96, 32, 32))
        .containsEntry("features.8", Shape.of(1, 192, 8, 8))
        .containsEntry("features.12", Shape.of(1, 384, 8, 8));
    try (SqueezeNet net = new SqueezeNet(SqueezeNet.Version.SMALL, 3);
        Scope scope = Scope.open()) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      double[] values = new double[3 * 16 * 16];
      Arrays.setAll(values, i -> Math.sin(i));
      Tensor x = Tensor.of(backend, HostArray.of(values, Shape.of(1, 3, 16, 16)).to(DType.FLOAT32));
      Map<String, Tensor> maps = net.featureMaps(x, List.of("features.3", "features.4"));
      double[] before = maps.get("features.3").toDoubles();
      double[] after = maps.get("features.4").toDoubles();
      // What the module computes is ReLU's, so never negative.
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isGreaterThanOrEqualTo(before[i]);
      }
      assertThat(SqueezeNet.versionOf(net.stateDict())).isEqualTo(SqueezeNet.Version.SMALL);
    }
  }

  private Map<String, Shape> maps(SqueezeNet.Version version) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    try (SqueezeNet net = new SqueezeNet(version, 3);
        Scope scope = Scope.open()) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      Tensor x = Tensor.zeros(backend, Shape.of(1, 3, 64, 64), DType.FLOAT32);
      net.featureMaps(x, net.featureNames()).forEach((name, map) -> shapes.put(name, map.shape()));
      assertThat(net.forward(x).shape()).isEqualTo(Shape.of(1, 3));
    }
    return shapes;
  }

  @Test
  void computesNoFurtherThanAsked() {
    try (SqueezeNet net = new SqueezeNet(SqueezeNet.Version.V1_0, 3);
        Scope scope = Scope.open()) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      // Too small for the pooling of features.11, which must not be reached.
      Tensor x = Tensor.ones(backend, Shape.of(1, 3, 16, 16), DType.FLOAT32);
      Map<String, Tensor> maps = net.featureMaps(x, List.of("features.3", "features.1"));
      assertThat(maps.keySet()).containsExactly("features.3", "features.1");
      assertThat(Arrays.stream(maps.get("features.1").toDoubles())).allMatch(v -> v >= 0);
      assertThatThrownBy(() -> net.forward(x)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> net.featureMaps(x, List.of("conv1")))
          .hasMessageStartingWith("SqueezeNet: no feature map 'conv1'; there are [features.0, ");
    }
  }

  @Test
  void keepsTheFeaturesUnderANewClassifier() {
    try (SqueezeNet old = new SqueezeNet(SqueezeNet.Version.SMALL, 4)) {
      old.init(backend, DType.FLOAT32, Rng.seeded(5));
      StateDict weights = old.stateDict().withMetadata(ImagePreparation.caffe().metadata());
      try (SqueezeNet net =
          SqueezeNet.pretrained(backend, DType.FLOAT32, weights, 7, Rng.seeded(6))) {
        assertThat(net.preparation()).isEqualTo(ImagePreparation.caffe());
        assertThat(net.part("features").stateDict()).isEqualTo(old.part("features").stateDict());
        assertThat(net.shapes().get("classifier.1.weight")).isEqualTo(Shape.of(7, 384, 1, 1));
        net.part("features").freeze();
        assertThat(net.parameters().stream().filter(p -> !p.isFrozen()).map(Parameter::name))
            .containsExactly("classifier.1.weight", "classifier.1.bias");
      }
      StateDict without = weights.filter(name -> !name.startsWith("features.3.squeeze"));
      assertThatThrownBy(
              () -> SqueezeNet.pretrained(backend, DType.FLOAT32, without, 7, Rng.seeded(6)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3.squeeze.weight");
    }
  }

  @Test
  void understandsCaffesNames() {
    for (SqueezeNet.Version version : SqueezeNet.Version.values()) {
      if (version == SqueezeNet.Version.SMALL) {
        continue;
      }
      SqueezeNet drawn = new SqueezeNet(version, 4);
      drawn.init(backend, DType.FLOAT32, Rng.seeded(5));
      List<String> ours = List.copyOf(drawn.stateDict().names());
      List<String> caffe = caffeNames();
      StateDict weights =
          drawn
              .stateDict()
              .rename(name -> caffe.get(ours.indexOf(name)))
              .withMetadata(ImagePreparation.caffe().metadata());
      try (drawn;
          SqueezeNet read = SqueezeNet.pretrained(backend, DType.FLOAT32, weights)) {
        assertThat(read.version()).isEqualTo(version);
        assertThat(read.preparation()).isEqualTo(ImagePreparation.caffe());
        assertThat(read.stateDict()).isEqualTo(drawn.stateDict());
      }
    }
  }

  private static List<String> caffeNames() {
    Map<String, HostArray> names = new LinkedHashMap<>();
    names.put("conv1", null);
    for (int fire = 2; fire <= 9; fire++) {
      for (String part : List.of("squeeze1x1", "expand1x1", "expand3x3")) {
        names.put("fire" + fire + "/" + part, null);
      }
    }
    names.put("conv10", null);
    return names.keySet().stream()
        .flatMap(name -> List.of(name + ".weight", name + ".bias").stream())
        .toList();
  }

  @Test
  void refusesOtherWeightsListingAllThatIsWrong() {
    StateDict other =
        StateDict.of(Map.of("fc.weight", HostArray.zeros(Shape.of(2, 2), DType.FLOAT32)));
    assertThatThrownBy(() -> SqueezeNet.pretrained(backend, DType.FLOAT32, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SqueezeNet: 52 missing: features.0.weight [96, 3, 7, 7]")
        .hasMessageContaining("1 unexpected: fc.weight [2, 2]");
  }
}
