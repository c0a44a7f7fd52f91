package io.github.trimaran.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ModelGradients;
import io.github.trimaran.nn.TorchValues;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What recurrent layers must give on every backend: PyTorch's outputs and states from its state
 * dictionaries, and gradients that agree with differences.
 */
public final class RecurrentCases {

  private final Backend<?> backend;

  public RecurrentCases(Backend<?> backend) {
    this.backend = backend;
  }

  private static final Map<String, Supplier<RNNBase<?, ?>>> MODELS =
      Map.of(
          "rnn", () -> new RNN(3, 4),
          "rnn_padded", () -> full(new RNN(3, 4).relu().withoutBias()),
          "lstm", () -> new LSTM(3, 4),
          "lstm_padded", () -> full(new LSTM(3, 4)),
          "gru", () -> new GRU(3, 4),
          "gru_padded", () -> full(new GRU(3, 4)));

  private static <M extends RNNBase<M, ?>> M full(M model) {
    return model.layers(2).bidirectional().batchFirst();
  }

  public Stream<DynamicTest> tests() {
    return MODELS.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        name + " as PyTorch, float64",
                        () -> givesPyTorchsNumbers(name, DType.FLOAT64, 1e-12)),
                    DynamicTest.dynamicTest(
                        name + " as PyTorch, float32",
                        () -> givesPyTorchsNumbers(name, DType.FLOAT32, 1e-5)),
                    DynamicTest.dynamicTest(name + ", gradients", () -> gradients(name))));
  }

  private void givesPyTorchsNumbers(String name, DType dtype, double tolerance) {
    TorchValues torch = TorchValues.of("recurrent.pth", name);
    RNNBase<?, ?> model = MODELS.get(name).get();
    model.init(backend, dtype, torch.state());
    try (model;
        Scope scope = Scope.open()) {
      List<Tensor> results = run(model, torch, torch.get("x", backend, dtype)).tensors();
      List<String> names = List.of("output", "final_hidden", "final_cell");
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).shape()).isEqualTo(torch.get(names.get(i)).shape());
        assertThat(results.get(i).toDoubles())
            .as(names.get(i))
            .containsExactly(torch.get(names.get(i)).toDoubles(), within(tolerance));
      }
    }
  }

  private void gradients(String name) {
    TorchValues torch = TorchValues.of("recurrent.pth", name);
    RNNBase<?, ?> model = MODELS.get(name).get();
    model.init(backend, DType.FLOAT64, torch.state());
    try (model;
        Scope scope = Scope.open()) {
      Tensor x = torch.get("x", backend, DType.FLOAT64).requiresGrad();
      Function<Tensor[], List<Tensor>> function = in -> run(model, torch, in[0]).tensors();
      if (torch.has("lengths")) {
        ModelGradients.checkFirstOrder(model, function, x);
      } else {
        ModelGradients.check(model, function, x);
      }
    }
  }

  private static Model.Outputs run(RNNBase<?, ?> model, TorchValues torch, Tensor x) {
    if (!torch.has("lengths")) {
      return model.forward(x);
    }
    Tensor lengths = torch.get("lengths", x.backend(), x.dtype());
    Tensor hidden = torch.get("initial_hidden", x.backend(), x.dtype());
    if (model instanceof LSTM lstm) {
      Tensor cell = torch.get("initial_cell", x.backend(), x.dtype());
      return lstm.forwardPadded(x, lengths, hidden, cell, Mode.EVAL);
    }
    return model instanceof GRU gru
        ? gru.forwardPadded(x, lengths, hidden, Mode.EVAL)
        : ((RNN) model).forwardPadded(x, lengths, hidden, Mode.EVAL);
  }
}
