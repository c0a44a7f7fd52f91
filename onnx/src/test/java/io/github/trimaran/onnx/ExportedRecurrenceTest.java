package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.GroupNorm;
import io.github.trimaran.nn.InstanceNorm1d;
import io.github.trimaran.nn.InstanceNorm2d;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.recurrent.GRU;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.nn.recurrent.RNN;
import io.github.trimaran.nn.recurrent.RecurrentOutput;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recurrent layer, and a normalisation by groups of channels, is one node, of any extents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportedRecurrenceTest {

  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  private final Backend<?> backend = Backends.get("cpu");

  @AfterAll
  void close() {
    backend.close();
  }

  private <M extends Model> M started(M model, DType dtype) {
    model.init(backend, dtype, Rng.seeded(29));
    return model;
  }

  // ---- recurrent layers -----------------------------------------------------------------------

  /**
   * A recurrent model as a function of x, and of the first states and lengths it is given.
   *
   * @param ways layers times directions
   * @param states how many arrays a state has
   */
  private record Kind(
      String name,
      Model model,
      BiFunction<Tensor, Map<String, Tensor>, Model.Outputs> function,
      boolean batchFirst,
      int layers,
      int ways,
      int states) {

    Map<String, Tensor> outputs(Map<String, Tensor> given) {
      List<Tensor> tensors = function.apply(given.get("x"), given).tensors();
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (int i = 0; i < tensors.size(); i++) {
        outputs.put(List.of("y", "h", "c").get(i), tensors.get(i));
      }
      return outputs;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Kind lstm(String name, LSTM model, boolean batchFirst, int layers, int ways) {
    return new Kind(
        name,
        model,
        (x, given) -> {
          Tensor lengths = given.get("lengths");
          Tensor h = given.get("h0");
          Tensor c = given.get("c0");
          if (lengths != null) {
            return h == null
                ? model.forwardPadded(x, lengths, Mode.EVAL)
                : model.forwardPadded(x, lengths, h, c, Mode.EVAL);
          }
          return h == null ? model.forward(x, Mode.EVAL) : model.forward(x, h, c, Mode.EVAL);
        },
        batchFirst,
        layers,
        ways,
        2);
  }

  private static Kind gru(String name, GRU model, boolean batchFirst, int layers, int ways) {
    return new Kind(
        name,
        model,
        (x, given) -> {
          Tensor lengths = given.get("lengths");
          Tensor h = given.get("h0");
          RecurrentOutput output =
              lengths == null
                  ? h == null ? model.forward(x, Mode.EVAL) : model.forward(x, h, Mode.EVAL)
                  : h == null
                      ? model.forwardPadded(x, lengths, Mode.EVAL)
                      : model.forwardPadded(x, lengths, h, Mode.EVAL);
          return output;
        },
        batchFirst,
        layers,
        ways,
        1);
  }

  private static Kind rnn(String name, RNN model, int ways) {
    return new Kind(
        name,
        model,
        (x, given) ->
            given.containsKey("h0")
                ? model.forward(x, given.get("h0"), Mode.EVAL)
                : model.forward(x, Mode.EVAL),
        false,
        1,
        ways,
        1);
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        lstm("lstm", new LSTM(INPUTS, HIDDEN), false, 1, 1),
        lstm(
            "lstm, deep, both ways",
            new LSTM(INPUTS, HIDDEN).layers(2).bidirectional().batchFirst().dropout(0.5),
            true,
            2,
            4),
        lstm("lstm without bias", new LSTM(INPUTS, HIDDEN).withoutBias(), false, 1, 1),
        gru("gru", new GRU(INPUTS, HIDDEN).batchFirst(), true, 1, 1),
        gru("gru, deep", new GRU(INPUTS, HIDDEN).layers(3), false, 3, 3),
        gru("gru, both ways", new GRU(INPUTS, HIDDEN).bidirectional().withoutBias(), false, 1, 2),
        rnn("rnn", new RNN(INPUTS, HIDDEN), 1),
        rnn("rnn, relu, both ways", new RNN(INPUTS, HIDDEN).relu().bidirectional(), 2));
  }

  private static HostArray x(Kind kind, int steps, int batch) {
    return kind.batchFirst()
        ? OperatorCase.random(batch, steps, INPUTS)
        : OperatorCase.random(steps, batch, INPUTS);
  }

  /** The model is one node for each layer, whatever the length, and right at others. */
  private Exported check(Kind kind, boolean withStates, boolean padded) throws Exception {
    started(kind.model(), DType.FLOAT32);
    int batchAxis = kind.batchFirst() ? 0 : 1;
    Map<String, Integer> batches = new LinkedHashMap<>();
    batches.put("x", batchAxis);
    if (padded) {
      batches.put("lengths", 0);
    }
    if (withStates) {
      batches.put("h0", 1);
      if (kind.states() == 2) {
        batches.put("c0", 1);
      }
    }
    Exported exported =
        Exported.of(
            kind.model(),
            kind::outputs,
            given(kind, batches, 6, 4),
            export ->
                export
                    .fixedBatch()
                    .freeAxis("batch", batches)
                    .freeAxis("length", Map.of("x", 1 - batchAxis)));
    for (int[] extents : new int[][] {{6, 4}, {1, 1}, {5, 3}, {9, 7}}) {
      exported.check(given(kind, batches, extents[0], extents[1]));
    }
    String operator =
        kind.model() instanceof LSTM ? "LSTM" : kind.model() instanceof GRU ? "GRU" : "RNN";
    assertThat(exported.operators().stream().filter(operator::equals)).hasSize(kind.layers());
    // A layer has its node and what puts the ways side by side; then come moves of the batch and
    // states.
    int states = withStates ? kind.layers() * kind.states() : 0;
    assertThat(exported.operators()).hasSizeLessThanOrEqualTo(3 * kind.layers() + states + 6);
    exported.checkThereAndBack(UnaryOperator.identity());
    kind.model().close();
    return exported;
  }

  private static Map<String, HostArray> given(
      Kind kind, Map<String, Integer> names, int steps, int batch) {
    Map<String, HostArray> given = new LinkedHashMap<>();
    for (String name : names.keySet()) {
      given.put(
          name,
          switch (name) {
            case "x" -> x(kind, steps, batch);
            case "lengths" -> OperatorCase.integers(1, steps + 1, batch);
            default -> OperatorCase.random(kind.ways(), batch, HIDDEN);
          });
    }
    return given;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLayerIsOneNodeOfAnyLength(Kind kind) throws Exception {
    check(kind, false, false);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void startsFromStates(Kind kind) throws Exception {
    check(kind, true, false);
  }

  static Stream<Kind> padded() {
    return kinds().filter(kind -> !(kind.model() instanceof RNN));
  }

  @ParameterizedTest
  @MethodSource("padded")
  void mayBePadded(Kind kind) throws Exception {
    check(kind, true, true);
  }

  /** ONNX Runtime has none of them in float64: they are written step by step. */
  @Test
  void doublesGoStepByStep() throws Exception {
    LSTM lstm = started(new LSTM(INPUTS, HIDDEN).batchFirst(), DType.FLOAT64);
    Exported exported =
        Exported.of(
            lstm,
            given -> Map.of("y", lstm.forward(given.get("x"), Mode.EVAL).output()),
            Map.of("x", OperatorCase.random(2, 5, INPUTS).to(DType.FLOAT64)),
            UnaryOperator.identity());
    exported.checkBatches(1, 3).checkThereAndBack(UnaryOperator.identity());
    assertThat(exported.operators()).doesNotContain("LSTM");
    lstm.close();
  }

  @Test
  void namesAreThoseOfTheFirstWeights() throws Exception {
    Kind kind = lstm("lstm", new LSTM(INPUTS, HIDDEN).bidirectional().batchFirst(), true, 1, 2);
    Exported exported = check(kind, false, false);
    assertThat(exported.operators())
        .containsExactly("Transpose", "LSTM", "Transpose", "Reshape", "Transpose");
    assertThat(exported.graph().initialisers())
        .containsKeys("weight_ih_l0", "weight_hh_l0", "bias_ih_l0")
        .doesNotContainKey("weight_ih_l0_reverse");
  }

  @Test
  void calledTwiceItHasItsWeightsOnce() throws Exception {
    GRU gru = started(new GRU(INPUTS, HIDDEN), DType.FLOAT32);
    Exported exported =
        Exported.of(
            gru,
            given -> {
              Tensor there = gru.forward(given.get("x"), Mode.EVAL).hidden();
              Tensor back = gru.forward(given.get("x").flip(0), Mode.EVAL).hidden();
              return Map.of("y", Tensor.concat(List.of(there, back), -1));
            },
            Map.of("x", OperatorCase.random(5, 2, INPUTS)),
            export -> export.fixedBatch().freeAxis("length", Map.of("x", 0)));
    exported.check(Map.of("x", OperatorCase.random(3, 2, INPUTS)));
    assertThat(Collections.frequency(exported.operators(), "GRU")).isEqualTo(2);
    assertThat(exported.graph().initialisers().keySet().stream().filter(n -> n.contains("_l0")))
        .hasSize(3);
    gru.close();
  }

  // ---- normalisation --------------------------------------------------------------------------

  private void checkNorm(Layer layer, String operator, int opset, int... extents) throws Exception {
    started(layer, DType.FLOAT32);
    Rng rng = Rng.seeded(3);
    layer
        .parameters()
        .forEach(
            p -> p.tensor().assign(Tensor.rand(backend, p.tensor().shape(), DType.FLOAT32, rng)));
    UnaryOperator<OnnxExport> settings =
        export -> {
          OnnxExport free = export.opset(opset);
          for (int axis = 2; axis < extents.length; axis++) {
            free = free.freeAxis("extent_" + axis, axis);
          }
          return free;
        };
    Exported exported = Exported.of(layer, OperatorCase.random(extents), settings);
    assertThat(exported.operators()).containsExactly(operator);
    exported.checkBatches(1, 3);
    int[] others = IntStream.range(0, extents.length).map(i -> extents[i] - i / 2).toArray();
    exported.check(Map.of("input", OperatorCase.random(others)));
    exported.checkThereAndBack(export -> export.opset(opset));
    layer.close();
  }

  @Test
  void normalisationsAreOneNode() throws Exception {
    checkNorm(new GroupNorm(2, 6), "GroupNormalization", 21, 2, 6, 5, 4);
    checkNorm(new GroupNorm(3, 6).withoutAffine(), "GroupNormalization", 23, 2, 6, 9);
    checkNorm(new GroupNorm(6, 6), "InstanceNormalization", 17, 2, 6, 5, 4);
    checkNorm(new InstanceNorm1d(4), "InstanceNormalization", 13, 2, 4, 9);
    checkNorm(new InstanceNorm2d(4).withAffine(), "InstanceNormalization", 23, 2, 4, 6, 5);
  }
}
