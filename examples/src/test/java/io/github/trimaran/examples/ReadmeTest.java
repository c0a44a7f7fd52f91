package io.github.trimaran.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The first example of README.md compiles and learns. */
class ReadmeTest {

  @Test
  void theLibraryExampleLearnsDigits() throws IOException {
    Backend<?> backend = Backends.get("cpu");
    TrainTest digits = EmbeddedDigits.trainTest(2_000, 1_000);
    try (Sequential model =
            new Sequential(
                new Conv2d(1, 16, 5).padding(2),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(16 * 14 * 14, 10));
        Optimizer adam = adam(model, backend)) {
      Trainer.builder(model, adam)
          .build()
          .fit(Batches.shuffled(digits.train(), 50, Rng.seeded(1)), 2);
      Evaluation test = Evaluator.plain().evaluate(model, Batches.inOrder(digits.test(), 500));
      assertThat(test.accuracy()).isGreaterThan(0.8);
    }
  }

  private static Optimizer adam(Layer model, Backend<?> backend) {
    model.init(backend, DType.FLOAT32, Rng.seeded(29));
    return new Adam(model.parameters(), 1e-3);
  }
}
