package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.between;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;

import io.github.trimaran.array.HostArray;
import java.util.List;
import java.util.Map;

/** RNN, GRU and LSTM. */
final class RecurrentCases {

  private static final int HIDDEN = 4;
  private static final Map<String, Integer> GATES = Map.of("RNN", 1, "GRU", 3, "LSTM", 4);

  private RecurrentCases() {}

  /** A case with weights and, as asked, biases and first states. */
  private static OperatorCase one(
      String operator, int opset, String direction, boolean biased, boolean started) {
    int directions = direction.equals("bidirectional") ? 2 : 1;
    int rows = GATES.get(operator) * HIDDEN;
    OperatorCase one =
        of(operator, opset)
            .with("hidden_size", HIDDEN)
            .with("direction", direction)
            .in(random(5, 2, 3))
            .holds(between(-1, 1, directions, rows, 3))
            .holds(between(-1, 1, directions, rows, HIDDEN))
            .holds(biased ? between(-1, 1, directions, 2 * rows) : null)
            .holds(null);
    HostArray state = started ? between(-1, 1, directions, 2, HIDDEN) : null;
    one.in(state);
    if (operator.equals("LSTM")) {
      one.in(state);
    }
    return one.outputs(operator.equals("LSTM") ? 3 : 2);
  }

  static void add(List<OperatorCase> cases) {
    for (String operator : List.of("RNN", "GRU", "LSTM")) {
      for (int opset : new int[] {7, 14}) {
        for (String direction : List.of("forward", "reverse", "bidirectional")) {
          for (boolean biased : new boolean[] {false, true}) {
            for (boolean started : new boolean[] {false, true}) {
              cases.add(one(operator, opset, direction, biased, started));
            }
          }
        }
      }
      cases.add(one(operator, 14, "forward", true, false).with("clip", 0.4));
      for (String direction : List.of("forward", "reverse", "bidirectional")) {
        for (boolean started : new boolean[] {false, true}) {
          cases.add(
              one(operator, 14, direction, true, started).instead32(4, OperatorCase.longs(3, 5)));
        }
      }
    }
    for (String direction : List.of("forward", "reverse", "bidirectional")) {
      cases.add(one("GRU", 14, direction, true, true).with("linear_before_reset", 1));
      cases.add(one("GRU", 14, direction, false, true).with("linear_before_reset", 1));
      int directions = direction.equals("bidirectional") ? 2 : 1;
      cases.add(one("LSTM", 14, direction, true, true).holds(random(directions, 3 * HIDDEN)));
    }
    cases.add(one("LSTM", 14, "forward", true, false).with("input_forget", 1));
    for (String function : List.of("Relu", "Tanh", "Sigmoid", "Softsign", "Softplus")) {
      cases.add(
          one("RNN", 14, "forward", true, false).with("activations", new String[] {function}));
    }
    // ONNX Runtime takes 0 for an alpha left out, whatever ONNX says.
    for (String function : List.of("Elu", "LeakyRelu", "ThresholdedRelu")) {
      cases.add(
          one("RNN", 14, "forward", true, false)
              .with("activations", new String[] {function})
              .with("activation_alpha", new double[] {0.3}));
    }
    for (String function : List.of("Affine", "ScaledTanh", "HardSigmoid")) {
      cases.add(
          one("RNN", 14, "forward", true, false)
              .with("activations", new String[] {function})
              .with("activation_alpha", new double[] {0.3})
              .with("activation_beta", new double[] {0.4}));
    }
    cases.add(
        one("GRU", 14, "bidirectional", true, false)
            .with("activations", new String[] {"HardSigmoid", "Softsign", "Sigmoid", "Relu"})
            .with("activation_alpha", new double[] {0.3})
            .with("activation_beta", new double[] {0.4}));
    cases.add(
        one("LSTM", 14, "forward", true, false)
            .with("activations", new String[] {"Sigmoid", "Relu", "Tanh"}));
  }
}
