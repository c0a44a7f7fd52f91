package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of a model: freezing, ties, copies, moves, and the loading of a part. */
class ModelTest {

  private final NaiveBackend backend = new NaiveBackend();

  private static Sequential net() {
    return Sequential.builder()
        .add("body", new Sequential(new Linear(3, 4), new ReLU()))
        .add("head", new Linear(4, 2))
        .build();
  }

  private Sequential initialised() {
    Sequential net = net();
    net.init(backend, DType.FLOAT64, Rng.seeded(5));
    return net;
  }

  private Tensor input() {
    return Tensor.of(backend, new double[] {1, -2, 3, 0.5, 4, -1}, 2, 3);
  }

  /** An autoencoder whose decoder's weight is its encoder's; both are [3, 3]. */
  private static Sequential tied() {
    Sequential net =
        Sequential.builder()
            .add("encoder", new Linear(3, 3))
            .add("decoder", new Linear(3, 3).withoutBias())
            .build();
    net.tie("decoder.weight", "encoder.weight");
    return net;
  }

  @Test
  void partsAreFoundByTheirDottedNames() {
    Sequential net = net();
    assertThat(net.part("body.0")).isInstanceOf(Linear.class);
    assertThatThrownBy(() -> net.part("body.7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sequential: no part 'body.7'; body has [0, 1]");
  }

  @Test
  void printsAsATree() {
    assertThat(new Residual(new Sequential(new ReLU(), new Tanh())).toString())
        .isEqualTo(
            """
            Residual(
              (body): Sequential(
                (0): ReLU()
                (1): Tanh()
              )
              (shortcut): Identity()
            )""");
  }

  @Test
  void aFrozenPartGetsNoGradients() {
    Sequential net = initialised();
    net.part("body").freeze();
    Tensor loss = net.forward(input(), Mode.train(Rng.seeded(1))).sum();
    Gradients gradients = Gradients.of(loss, Parameter.tensors(net.parameters()));
    for (Parameter parameter : net.parameters()) {
      boolean frozen = parameter.name().startsWith("body");
      assertThat(parameter.isFrozen()).isEqualTo(frozen);
      double sum = gradients.get(parameter.tensor()).abs().sum().item();
      assertThat(sum == 0).as(parameter.name()).isEqualTo(frozen);
    }
    net.unfreeze();
    Tensor again = net.forward(input()).sum();
    Tensor weight = net.parameters().get(0).tensor();
    assertThat(Gradients.of(again, weight).get(weight).abs().sum().item()).isPositive();
  }

  @Test
  void tiedWeightsAreOneAndSavedOnce() {
    Sequential net = tied();
    net.init(backend, DType.FLOAT64, Rng.seeded(1));
    assertThat(net.stateDict().names()).containsExactly("encoder.weight", "encoder.bias");
    assertThat(net.numParameters()).isEqualTo(12);
    assertThat(net.parameters()).hasSize(2);
    Tensor weight = net.parameters().get(0).tensor();
    Tensor loss = net.forward(Tensor.of(backend, new double[] {1, 2, 3}, 1, 3)).sum();
    // d/dW of sum(W (W x + b)) is 1 (W x + b)^T + (W^T 1) x^T.
    double[] w = weight.toDoubles();
    double[] b = net.parameters().get(1).tensor().toDoubles();
    double[] expected = new double[9];
    double[] x = {1, 2, 3};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double hidden = b[j];
        double column = 0;
        for (int k = 0; k < 3; k++) {
          hidden += w[j * 3 + k] * x[k];
          column += w[k * 3 + i];
        }
        expected[i * 3 + j] += hidden + column * x[j];
      }
    }
    assertThat(Gradients.of(loss, weight).get(weight).toDoubles())
        .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void filesThatHoldTiedWeightsTwiceLoad() {
    Sequential net = tied();
    net.init(backend, DType.FLOAT64, Rng.seeded(1));
    Map<String, HostArray> twice = new LinkedHashMap<>(net.stateDict().arrays());
    HostArray other = HostArray.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Shape.of(3, 3));
    twice.put("encoder.weight", other);
    twice.put("decoder.weight", other);
    net.loadStateDict(StateDict.of(twice));
    assertThat(net.stateDict().get("encoder.weight")).isEqualTo(other);
    twice.remove("encoder.weight");
    Sequential fresh = tied();
    fresh.init(backend, DType.FLOAT64, StateDict.of(twice));
    assertThat(fresh.stateDict().get("encoder.weight")).isEqualTo(other);
  }

  @Test
  void tiesOfUnlikeParametersAreRefused() {
    Sequential net = net();
    assertThatThrownBy(() -> net.tie("head.weight", "body.0.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'head.weight' is [2, 4] and 'body.0.weight' is [4, 3]");
    assertThatThrownBy(() -> net.tie("head.weights", "body.0.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parameter 'head.weights'; there are [body.0.weight");
    assertThatThrownBy(() -> initialised().tie("head.bias", "head.bias"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCopyHasTheSameValuesAndALifeOfItsOwn() {
    Sequential net = initialised();
    net.part("body").freeze();
    Sequential copy = net.copyTo(net());
    assertThat(copy.stateDict()).isEqualTo(net.stateDict());
    assertThat(copy.part("body").isFrozen()).isTrue();
    assertThat(copy.isFrozen()).isFalse();
    assertThat(copy.parameters().stream().map(Parameter::isFrozen).toList())
        .isEqualTo(List.of(true, true, false, false));
    copy.parameters().get(2).tensor().assign(Tensor.zeros(backend, Shape.of(2, 4), DType.FLOAT64));
    assertThat(copy.stateDict()).isNotEqualTo(net.stateDict());
    assertThatThrownBy(() -> net.copyTo(new Sequential(new Linear(3, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void otherTensorsStandForItsValuesForAWhile() {
    Sequential net = initialised();
    Map<String, Tensor> before = new LinkedHashMap<>();
    net.parameters().forEach(p -> before.put(p.name(), p.tensor()));
    NaiveBackend other = new NaiveBackend();
    List<String> names = new ArrayList<>();
    double[] zeros =
        net.with(
            other,
            (name, value) -> {
              names.add(name);
              return Tensor.zeros(other, value.shape(), value.dtype());
            },
            () -> {
              assertThat(net.backend()).isSameAs(other);
              return net.forward(Tensor.ones(other, Shape.of(2, 3), DType.FLOAT64)).toDoubles();
            });
    assertThat(zeros).containsOnly(0);
    assertThat(names).containsExactlyElementsOf(before.keySet());
    assertThatThrownBy(
            () ->
                net.with(
                    other,
                    (name, value) -> {
                      throw new IllegalArgumentException("none for " + name);
                    },
                    () -> 1))
        .hasMessageStartingWith("none for ");
    assertThat(net.backend()).isSameAs(backend);
    net.parameters().forEach(p -> assertThat(p.tensor()).isSameAs(before.get(p.name())));
  }

  @Test
  void movesToAnotherBackendAndDType() {
    Sequential net = initialised();
    double[] before = net.forward(input()).toDoubles();
    NaiveBackend other = new NaiveBackend();
    long live = backend.liveArrays();
    int values = net.stateDict().names().size();
    net.to(other, DType.FLOAT32);
    assertThat(backend.liveArrays()).isEqualTo(live - values);
    assertThat(net.backend()).isSameAs(other);
    Tensor x = Tensor.of(other, input().toHost().to(DType.FLOAT32));
    assertThat(net.forward(x).toDoubles())
        .containsExactly(before, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void aPartOfADictionaryLoadsWithAReport() {
    Sequential net = initialised();
    Sequential wider =
        Sequential.builder()
            .add("body", new Sequential(new Linear(3, 4), new ReLU()))
            .add("head", new Linear(4, 5))
            .add("extra", new Linear(5, 1))
            .build();
    wider.init(backend, DType.FLOAT64, Rng.seeded(9));
    LoadReport report =
        net.loadMatching(wider.stateDict().filter(name -> !name.endsWith("body.0.bias")));
    assertThat(report.loaded()).containsExactly("body.0.weight");
    assertThat(report.missing()).containsExactly("body.0.bias");
    assertThat(report.unexpected()).containsExactly("extra.weight", "extra.bias");
    assertThat(report.otherShape())
        .containsExactly("head.weight [5, 4] instead of [2, 4]", "head.bias [5] instead of [2]");
    assertThat(report.isComplete()).isFalse();
    assertThat(net.stateDict().get("body.0.weight"))
        .isEqualTo(wider.stateDict().get("body.0.weight"));
  }

  /** A table of vectors, looked up and added up: of tokens. */
  private static final class Bag extends Layer {
    private final Variable table =
        parameter("table", Parameter.Role.WEIGHT, Shape.of(7, 3), Initializers.zeros());
    private final Linear out = child("out", new Linear(3, 2));

    @Override
    protected Tensor compute(Tensor tokens, Mode mode) {
      int size = tokens.shape().size();
      Tensor rows =
          table.tensor().gather(0, tokens.reshape(size, 1).broadcastTo(Shape.of(size, 3)));
      return out.forward(rows.reshape(tokens.shape().dim(0), -1, 3).sum(1), mode);
    }
  }

  @Test
  void isSummedUpBeforeItHasWeightsAndForTokens() {
    Bag model = new Bag();
    String before = model.summary(Shape.of(4, 5), DType.INT64);
    assertThat(before.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "layer kind output parameters",
            "Bag/out Linear [4, 2] 8",
            "Bag Bag [4, 2] 21",
            "total Bag [4, 2] 29");
    assertThat(model.isInitialised()).isFalse();
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    assertThat(model.summary(Shape.of(4, 5), DType.INT64)).isEqualTo(before);
    assertThat(net().summary(Shape.of(1, 3)).lines().count()).isEqualTo(5);
  }

  @Test
  void aSummaryOfNothingSaysSo() {
    assertThatThrownBy(() -> new Bag().summary((meta, mode) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "summary: the call ran no part of the Bag; call its function with the mode it is given");
  }

  @Test
  void parametersPrintBeforeTheyHaveValues() {
    Linear linear = new Linear(2, 3);
    assertThat(linear.parameters().get(0)).hasToString("weight not initialised");
    linear.init(backend, DType.FLOAT64, Rng.seeded(1));
    assertThat(linear.parameters().get(0).toString()).startsWith("weight float64 [3, 2]");
  }
}
