package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizersTest {

  private static final Backend<?> BACKEND = Backends.get("cpu");

  private static Parameter parameter(String name, double... values) {
    HostArray row = HostArray.of(values, Shape.of(1, values.length));
    Tensor tensor = Tensor.of(BACKEND, row.to(DType.FLOAT64)).persist().requiresGrad();
    return new Parameter(name, Parameter.Role.WEIGHT, tensor);
  }

  /** A first step moves each number against its gradient, by what the optimiser makes of it. */
  @ParameterizedTest
  @CsvSource({
    "sgd, 0.02",
    "nesterov, 0.038", // g + 0.9 g
    "adam, 0.01",
    "adamw, 0.015", // and half of the rate as decay of a weight of 1
    "nadam, 0.010565", // 1 + 0.45 * 0.1 / (1 - 0.45^2) for 1
    "radam, 0.02", // the mean itself, before the mean square can be trusted
    "rmsprop, 0.1", // 1 / sqrt(1 - 0.99)
    "adagrad, 0.01",
    "adadelta, 0.0000316", // sqrt(1e-6 / (1 - 0.9))
    "lion, 0.015"
  })
  void firstStep(String name, double expected) {
    Parameter w = parameter("w", 1, 1);
    try (Optimizer optimizer =
        Choice.named("--optimizer", name, Optimizers.values())
            .create(List.of(w), LearningRate.constant(0.01), 0.5)) {
      optimizer.step(List.of(Tensor.of(BACKEND, new double[] {2, 2}, 1, 2)));
      double moved = 1 - w.tensor().toDoubles()[0];
      assertThat(moved).isCloseTo(expected, within(0.02 * expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "constant, 1, 1, 1",
    "linear, 1, 0.5, 0.01",
    "step, 1, 0.1, 0.001", // 33 steps each, so the last of 100 is in the fourth part
    "multi-step, 1, 0.1, 0.01",
    "exponential, 1, 0.1, 0.0105",
    "polynomial, 1, 0.25, 0.0001",
    "cosine, 1, 0.5, 0.00025",
    "restarts, 1, 0.983, 0.02447", // of 15, 30 and 60 steps: (1 + cos(pi 5 / 60)) / 2
    "one-cycle, 0.04, 0.794, 0.000004" // (1 + cos(pi 21 / 70)) / 2
  })
  void schedule(String name, double first, double middle, double last) {
    LearningRate rate = Choice.named("--schedule", name, Rates.values()).of(1, 100);
    assertThat(rate.at(0)).isCloseTo(first, within(1e-9));
    assertThat(rate.at(50)).isCloseTo(middle, within(0.02 * middle));
    assertThat(rate.at(99)).isCloseTo(last, within(0.02 * last));
  }
}
