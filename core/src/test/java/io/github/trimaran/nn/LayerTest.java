package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerTest {

  private final NaiveBackend backend = new NaiveBackend();

  private static BasicConvNet small() {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(Shape.of(3, 8, 8))
            .withFilters(4)
            .withFilterSize(3)
            .withHidden(6));
  }

  private BasicConvNet initialised(long seed) {
    BasicConvNet model = small();
    model.init(backend, DType.FLOAT32, Rng.seeded(seed));
    return model;
  }

  @Test
  void namesAndShapesAreAsInPyTorch() {
    assertThat(initialised(1).shapes())
        .containsExactly(
            Map.entry("conv1.weight", Shape.of(4, 3, 3, 3)),
            Map.entry("conv1.bias", Shape.of(4)),
            Map.entry("fc1.weight", Shape.of(6, 64)),
            Map.entry("fc1.bias", Shape.of(6)),
            Map.entry("fc2.weight", Shape.of(10, 6)),
            Map.entry("fc2.bias", Shape.of(10)));
    Sequential nested =
        new Sequential(new Sequential(new ReLU(), new Linear(2, 3)), new BatchNorm2d(3));
    assertThat(nested.shapes().keySet())
        .containsExactly(
            "0.1.weight",
            "0.1.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked");
    assertThat(nested.numParameters()).isEqualTo(6 + 3 + 3 + 3);
  }

  @Test
  void sameSeedSameWeightsOfEitherDType() {
    BasicConvNet other = small();
    other.init(new NaiveBackend(), DType.FLOAT64, Rng.seeded(1));
    assertThat(initialised(1).stateDict()).isEqualTo(initialised(1).stateDict());
    assertThat(initialised(1).stateDict()).isNotEqualTo(initialised(2).stateDict());
    assertThat(initialised(1).stateDict().get("fc1.weight"))
        .isEqualTo(other.stateDict().get("fc1.weight").to(DType.FLOAT32));
  }

  @Test
  void anotherLayerChangesNothingForTheOthers() {
    Sequential one = Sequential.builder().add("a", new Linear(2, 3)).build();
    Sequential two =
        Sequential.builder().add("b", new Linear(2, 2)).add("a", new Linear(2, 3)).build();
    one.init(backend, DType.FLOAT32, Rng.seeded(4));
    two.init(backend, DType.FLOAT32, Rng.seeded(4));
    assertThat(two.stateDict().get("a.weight")).isEqualTo(one.stateDict().get("a.weight"));
  }

  @Test
  void errorsNameTheLayerOfTheModel() {
    BasicConvNet model = initialised(1);
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.zeros(backend, Shape.of(5, 4, 8, 8), DType.FLOAT32);
      assertThatThrownBy(() -> model.forward(images))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Conv2d: input must be [N, 3, H, W], is [5, 4, 8, 8] (in BasicConvNet/conv1)");
    }
  }

  @Test
  void forwardBeforeInitSaysWhatToDo() {
    Tensor images = Tensor.zeros(backend, Shape.of(5, 3, 8, 8), DType.FLOAT32);
    assertThatThrownBy(() -> small().forward(images))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Conv2d: not initialised; call init(backend, dtype, rng) on the model first");
  }

  @Test
  void settingsAfterInitAreRefused() {
    Conv2d conv = new Conv2d(1, 1, 1);
    conv.init(backend, DType.FLOAT32, Rng.seeded(1));
    assertThatThrownBy(() -> conv.padding(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the model is initialised");
    assertThatThrownBy(() -> conv.init(backend, DType.FLOAT32, Rng.seeded(1)))
        .hasMessageContaining("already initialised");
  }

  @Test
  void aLayerIsPartOfOneModelOnly() {
    ReLU relu = new ReLU();
    Sequential first = new Sequential(relu);
    assertThatThrownBy(() -> new Sequential(relu)).hasMessageContaining("already part of a model");
    assertThat(first.layers()).containsExactly(relu);
  }

  @Test
  void stateGoesRound() {
    BasicConvNet first = initialised(1);
    BasicConvNet second = initialised(2);
    second.loadStateDict(first.stateDict());
    assertThat(second.stateDict()).isEqualTo(first.stateDict());
    BasicConvNet third = small();
    third.init(backend, DType.FLOAT32, first.stateDict());
    assertThat(third.stateDict()).isEqualTo(first.stateDict());
  }

  @Test
  void allMismatchesAreListedAndNothingIsChanged() {
    BasicConvNet model = initialised(1);
    StateDict before = model.stateDict();
    Map<String, HostArray> values = new LinkedHashMap<>(initialised(2).stateDict().arrays());
    values.remove("fc1.bias");
    values.put("fc3.bias", HostArray.of(new float[2], Shape.of(2)));
    values.put("conv1.weight", HostArray.of(new float[27], Shape.of(1, 3, 3, 3)));
    assertThatThrownBy(() -> model.loadStateDict(StateDict.of(values)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BasicConvNet")
        .hasMessageContaining("fc1.bias [6]")
        .hasMessageContaining("fc3.bias [2]")
        .hasMessageContaining("conv1.weight expects [4, 3, 3, 3], is [1, 3, 3, 3]");
    assertThat(model.stateDict()).isEqualTo(before);
  }

  @Test
  void parametersOutliveScopesAndGoWithTheModel() {
    BasicConvNet model;
    long before = backend.liveArrays();
    try (Scope scope = Scope.open()) {
      model = initialised(1);
    }
    assertThat(backend.liveArrays() - before).isEqualTo(6);
    model.close();
    assertThat(backend.liveArrays()).isEqualTo(before);
    assertThatThrownBy(() -> model.parameters().get(0).tensor().toHost())
        .hasMessageContaining("the close of the BasicConvNet");
  }

  @Test
  void observersSeeEveryLayer() {
    BasicConvNet model = initialised(1);
    List<String> seen = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.ones(backend, Shape.of(2, 3, 8, 8), DType.FLOAT32);
      Tensor observed =
          model.forward(
              images,
              Mode.EVAL.observedBy(
                  (path, layer, output) -> seen.add(path + output.get(0).shape())));
      assertThat(observed.toHost()).isEqualTo(model.forward(images).toHost());
    }
    assertThat(seen)
        .startsWith("BasicConvNet/conv1[2, 4, 8, 8]", "BasicConvNet/relu1[2, 4, 8, 8]")
        .endsWith("BasicConvNet/fc2[2, 10]", "BasicConvNet[2, 10]");
  }

  @Test
  void summaryCountsParameters() {
    assertThat(initialised(1).summary(Shape.of(1, 3, 8, 8)).lines())
        .hasSize(9)
        .anyMatch(line -> line.matches("BasicConvNet/fc1 +Linear +\\[1, 6\\] +390"))
        .anyMatch(line -> line.matches("total +BasicConvNet +\\[1, 10\\] +572"));
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(
            () ->
                new BasicConvNet(
                    BasicConvNet.Settings.defaults(Shape.of(1, 28, 28)).withFilterSize(29)))
        .hasMessage("BasicConvNet: filter size 29 is larger than the image, 28 x 28");
    assertThatThrownBy(() -> BasicConvNet.Settings.defaults(Shape.of(1, 28, 28)).withHidden(0))
        .hasMessage("BasicConvNet: hidden must be at least 1, is 0");
  }
}
