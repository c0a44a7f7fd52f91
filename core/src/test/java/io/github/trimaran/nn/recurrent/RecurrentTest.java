package io.github.trimaran.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.PyTorch;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurrent layers against values by hand, and what they refuse. */
class RecurrentTest {

  private final NaiveBackend backend = new NaiveBackend();
  private final Rng rng = Rng.seeded(7);

  private Tensor random(int... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.of(
        backend, HostArray.of(rng.doubles(shape.size(), -1, 1).toArray(), Shape.of(extents)));
  }

  private <M extends Model> M initialised(M model) {
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  private static HostArray values(Shape shape, double... values) {
    return HostArray.of(values, shape);
  }

  /** Gates of logarithms make every sigmoid and tanh a fraction. */
  @Test
  void aStepOfLstmByHand() {
    LSTM lstm = new LSTM(1, 1);
    double ln3 = Math.log(3);
    lstm.init(
        backend,
        DType.FLOAT64,
        StateDict.of(
            Map.of(
                "weight_ih_l0", values(Shape.of(4, 1), ln3, 0, 0.25 * ln3, -ln3),
                "weight_hh_l0", values(Shape.of(4, 1), 0, ln3, 0.5 * ln3, 0),
                "bias_ih_l0", values(Shape.of(4), 0, 0, -0.25 * ln3, 0),
                "bias_hh_l0", values(Shape.of(4), 0, 0, 0, ln3))));
    // x = 1, h = 1, c = 2: i = sigmoid(ln 3) = 3/4, f = 3/4, g = tanh(ln(3) / 2) = 1/2, o = 1/2.
    LSTM.Output y = lstm.forward(ones(1, 1, 1), ones(1, 1, 1), ones(1, 1, 1).mul(2), Mode.EVAL);
    double cell = 0.75 * 2 + 0.75 * 0.5;
    assertThat(y.cell().item()).isCloseTo(cell, within(1e-15));
    assertThat(y.output().item()).isCloseTo(0.5 * Math.tanh(cell), within(1e-15));
    assertThat(y.hidden().item()).isEqualTo(y.output().item());
    assertThat(y.tensors()).containsExactly(y.output(), y.hidden(), y.cell());
  }

  private Tensor ones(int... extents) {
    return Tensor.ones(backend, Shape.of(extents), DType.FLOAT64);
  }

  @Test
  void namesAndShapesAreAsInPyTorch() {
    assertThat(new GRU(3, 4).layers(2).bidirectional().shapes())
        .containsEntry("weight_ih_l0", Shape.of(12, 3))
        .containsEntry("weight_hh_l0_reverse", Shape.of(12, 4))
        .containsEntry("weight_ih_l1", Shape.of(12, 8))
        .containsEntry("bias_hh_l1_reverse", Shape.of(12));
    assertThat(new LSTM(3, 4).withoutBias().shapes().keySet())
        .containsExactly("weight_ih_l0", "weight_hh_l0");
    assertThat(new RNN(3, 4).layers(2).relu().batchFirst().dropout(0.5))
        .hasToString("RNN(3, 4, layers 2, batch first, dropout 0.5, relu)");
  }

  @Test
  void firstValuesAreUniformWithinTheBound() {
    StateDict values = initialised(new LSTM(100, 25)).stateDict();
    for (HostArray array : values.arrays().values()) {
      assertThat(Arrays.stream(array.toDoubles())).allMatch(v -> Math.abs(v) <= 0.2);
    }
    double[] weight = values.get("weight_ih_l0").toDoubles();
    double square = Arrays.stream(weight).map(v -> v * v).average().orElseThrow();
    // The variance of a uniform distribution is bound^2 / 3; ten thousand values know it to 3 %.
    assertThat(square).isCloseTo(0.04 / 3, within(0.03 * 0.04 / 3));
  }

  @Test
  void goingOnFromAStateIsOneLongSequence() {
    LSTM lstm = initialised(new LSTM(3, 4).layers(2));
    Tensor x = random(7, 2, 3);
    LSTM.Output whole = lstm.forward(x);
    LSTM.Output first = lstm.forward(x.narrow(0, 0, 4));
    LSTM.Output rest = lstm.forward(x.narrow(0, 4, 3), first.hidden(), first.cell(), Mode.EVAL);
    assertThat(rest.output().toDoubles())
        .containsExactly(whole.output().narrow(0, 4, 3).toDoubles(), within(1e-15));
    assertThat(rest.cell().toDoubles()).containsExactly(whole.cell().toDoubles(), within(1e-15));
  }

  @Test
  void isSummedUpWithLengthsBeforeItHasWeights() {
    GRU gru = new GRU(3, 4);
    String table =
        gru.summary(
            (meta, mode) ->
                gru.forwardPadded(
                    Tensor.zeros(meta, Shape.of(5, 2, 3), DType.FLOAT32),
                    Tensor.of(meta, new long[] {5, 2}, 2),
                    mode));
    assertThat(table).contains("[5, 2, 4], [1, 2, 4]");
  }

  /** What lies beyond a sequence's end counts for nothing. */
  @Test
  void paddedSequencesGiveWhatEachGivesAlone() {
    GRU gru = initialised(new GRU(3, 4).layers(2).bidirectional());
    Tensor x = random(6, 3, 3);
    long[] lengths = {2, 6, 1};
    RecurrentOutput padded = gru.forwardPadded(x, Tensor.of(backend, lengths, 3), Mode.EVAL);
    for (int n = 0; n < 3; n++) {
      int length = (int) lengths[n];
      RecurrentOutput alone = gru.forward(x.narrow(1, n, 1).narrow(0, 0, length));
      Tensor output = padded.output().narrow(1, n, 1);
      assertThat(output.narrow(0, 0, length).toDoubles())
          .containsExactly(alone.output().toDoubles(), within(1e-15));
      assertThat(output.narrow(0, length, 6 - length).toDoubles())
          .isEqualTo(new double[(6 - length) * 8]);
      assertThat(padded.hidden().narrow(1, n, 1).toDoubles())
          .containsExactly(alone.hidden().toDoubles(), within(1e-15));
    }
  }

  @Test
  void dropoutIsBetweenLayersAndInTrainingOnly() {
    Tensor x = random(5, 2, 3);
    RNN one = initialised(new RNN(3, 64).dropout(0.5));
    Mode training = Mode.train(Rng.seeded(1));
    assertThat(one.forward(x, training).output().toDoubles())
        .isEqualTo(one.forward(x).output().toDoubles());
    RNN two = initialised(new RNN(3, 64).layers(2).dropout(0.5));
    RecurrentOutput trained = two.forward(x, training);
    RecurrentOutput evaluated = two.forward(x);
    // The first layer is not touched, the second one's input is.
    assertThat(trained.hidden().select(0, 0).toDoubles())
        .isEqualTo(evaluated.hidden().select(0, 0).toDoubles());
    assertThat(trained.hidden().select(0, 1).toDoubles())
        .isNotEqualTo(evaluated.hidden().select(0, 1).toDoubles());
    assertThat(two.forward(x, Mode.train(Rng.seeded(1))).output().toDoubles())
        .isEqualTo(trained.output().toDoubles());
  }

  @Test
  void badInputIsRefusedInOneLine() {
    LSTM lstm = initialised(new LSTM(3, 4));
    assertThatThrownBy(() -> lstm.forward(random(5, 3)))
        .hasMessage(
            "LSTM: input must be [T, N, 3], is [5, 3]; add the axis of the batch by unsqueeze"
                + " (in LSTM)");
    GRU gru = initialised(new GRU(3, 4).batchFirst());
    assertThatThrownBy(() -> gru.forward(random(2, 5, 4)))
        .hasMessage("GRU: input must be [N, T, 3], is [2, 5, 4] (in GRU)");
    assertThatThrownBy(() -> gru.forward(random(2, 0, 3)))
        .hasMessage("GRU: needs at least one step of one sequence, input is [2, 0, 3] (in GRU)");
    assertThatThrownBy(() -> gru.forward(random(2, 5, 3), random(1, 5, 4), Mode.EVAL))
        .hasMessage(
            "GRU: hidden must be [layers directions, N, H] = [1, 2, 4], is [1, 5, 4] (in GRU)");
    assertThatThrownBy(
            () -> lstm.forward(random(5, 2, 3), random(1, 2, 4), random(2, 4), Mode.EVAL))
        .hasMessage(
            "LSTM: cell must be [layers directions, N, H] = [1, 2, 4], is [2, 4] (in LSTM)");
    Tensor x = random(5, 2, 3);
    assertThatThrownBy(() -> lstm.forwardPadded(x, random(2), Mode.EVAL))
        .hasMessage("LSTM: lengths must be one INT64 a sequence, [2], are float64 [2] (in LSTM)");
    assertThatThrownBy(
            () -> lstm.forwardPadded(x, Tensor.of(backend, new long[] {5, 6}, 2), Mode.EVAL))
        .hasMessage(
            "LSTM: length 6 of sequence 1 is not from 1 to 5, the steps of the input; leave empty"
                + " sequences out (in LSTM)");
    assertThatThrownBy(() -> lstm.forward(x.to(DType.FLOAT32))).hasMessageContaining("float32");
    assertThatThrownBy(() -> new RNN(0, 4)).hasMessageContaining("must be at least 1");
    assertThatThrownBy(() -> new RNN(3, 4).layers(0)).hasMessageContaining("at least 1, are 0");
    assertThatThrownBy(() -> new RNN(3, 4).dropout(1)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> gru.layers(2)).hasMessageContaining("before the model is initialised");
  }

  @Test
  void pyTorchLoadsOurs(@TempDir Path folder) throws IOException, InterruptedException {
    PyTorch.assumeInstalled();
    Tensor x = random(5, 2, 3);
    LSTM lstm = initialised(new LSTM(3, 4).layers(2).bidirectional());
    GRU gru = initialised(new GRU(3, 4).withoutBias().batchFirst());
    RNN rnn = initialised(new RNN(3, 4).relu());
    String plain = "(lambda r: (r[0], r[1]))(m(x))";
    new PyTorch()
        .add(
            "nn.LSTM(3, 4, num_layers=2, bidirectional=True)",
            lstm,
            "(lambda r: (r[0], r[1][0], r[1][1]))(m(x))",
            Map.of("x", x),
            lstm.forward(x).tensors())
        .add(
            "nn.GRU(3, 4, bias=False, batch_first=True)",
            gru,
            plain,
            Map.of("x", x),
            gru.forward(x).tensors())
        .add(
            "nn.RNN(3, 4, nonlinearity='relu')",
            rnn,
            plain,
            Map.of("x", x),
            List.of(rnn.forward(x).output(), rnn.forward(x).hidden()))
        .check(folder, 1e-12);
  }
}
