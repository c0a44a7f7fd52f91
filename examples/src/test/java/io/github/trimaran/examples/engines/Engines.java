package io.github.trimaran.examples.engines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.util.List;

/** One training that any backend does from one seed: Adam steps of BasicConvNet on digits. */
public final class Engines {

  private static final int BATCH = 10;

  private Engines() {}

  /** Skips the test where the engines are left out of the build, as with {@code -Dlight}. */
  public static void assumeOnTheClassPath() {
    List<String> names = Backends.providers().stream().map(BackendProvider::name).toList();
    assumeTrue(names.contains("nd4j") && names.contains("djl"), "only " + names + " in this build");
  }

  /** The losses of that many steps. */
  static List<Double> train(Backend<?> backend, DType dtype, int steps, Listener listener)
      throws IOException {
    Dataset digits = EmbeddedDigits.trainTest(50 * BATCH, 1).train();
    BasicConvNet.Settings settings = BasicConvNet.Settings.defaults(Shape.of(1, 28, 28));
    try (BasicConvNet model = new BasicConvNet(settings)) {
      model.init(backend, dtype, Rng.seeded(1));
      try (Optimizer adam = new Adam(model.parameters(), 1e-3)) {
        Trainer trainer = Trainer.builder(model, adam).listener(listener).build();
        History history =
            trainer.fit(Batches.shuffled(digits, BATCH, Rng.seeded(2)), (steps + 49) / 50);
        return history.losses().subList(0, steps);
      }
    }
  }
}
