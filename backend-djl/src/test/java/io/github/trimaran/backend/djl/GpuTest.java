package io.github.trimaran.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Trainer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The device {@code gpu}, on machines that have one; elsewhere these are skipped. */
class GpuTest {

  private Backend<?> gpu;

  @BeforeEach
  void start() {
    try {
      gpu = Backends.get("djl", new BackendOptions(2, "gpu"));
    } catch (BackendUnavailableException e) {
      abort(e.getMessage());
    }
  }

  @AfterEach
  void stop() {
    if (gpu != null) {
      gpu.close();
    }
  }

  @Test
  void computesProductsAndConvolutions() {
    assertThat(gpu.info().device()).startsWith("GPU");
    Tensor a = Tensor.of(gpu, new float[] {1, 2, 3, 4}, 2, 2);
    assertThat(a.matmul(a).toFloats()).containsExactly(7, 10, 15, 22);
    Conv2d nines = new Conv2d(1, 1, 3);
    HostArray weight = HostArray.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, Shape.of(1, 1, 3, 3));
    HostArray bias = HostArray.of(new float[] {0}, Shape.of(1));
    nines.init(gpu, DType.FLOAT32, StateDict.of(Map.of("weight", weight, "bias", bias)));
    Tensor ones = Tensor.ones(gpu, Shape.of(1, 1, 4, 4), DType.FLOAT32);
    assertThat(nines.forward(ones).toFloats()).containsExactly(9, 9, 9, 9);
  }

  @Test
  void learnsDigits() throws Exception {
    TrainTest digits = EmbeddedDigits.trainTest(2_000, 500);
    Sequential model =
        new Sequential(
            new Conv2d(1, 16, 5).padding(2),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(16 * 14 * 14, 10));
    model.init(gpu, DType.FLOAT32, Rng.seeded(29));
    Trainer.builder(model, new Adam(model.parameters(), 1e-3))
        .build()
        .fit(Batches.shuffled(digits.train(), 50, Rng.seeded(1)), 3);
    assertThat(Evaluator.plain().evaluate(model, Batches.inOrder(digits.test(), 100)).accuracy())
        .isGreaterThan(0.8);
  }
}
