package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.examples.gallery.Autoencoder;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gallery's autoencoder trains alike on every backend: transposed convolutions, an objective of
 * its own, and noise that is drawn above the backends.
 */
class AutoencoderTest {

  private static final int STEPS = 50;
  private static final int BATCH = 8;
  private static final int FILTERS = 4;

  @BeforeEach
  void assumeEngines() {
    Engines.assumeOnTheClassPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void fiftyStepsInFloat64Agree(String name) throws IOException {
    List<Double> expected = losses("cpu");
    List<Double> losses = losses(name);
    double largest = 0;
    for (int step = 0; step < STEPS; step++) {
      double reference = expected.get(step);
      largest = Math.max(largest, Math.abs(losses.get(step) - reference) / reference);
      assertThat(losses.get(step))
          .as("%s, step %d", name, step + 1)
          .isCloseTo(reference, withinPercentage(1e-7));
    }
    // A training that does not move agrees trivially.
    assertThat(losses.get(STEPS - 1)).isLessThan(0.7 * losses.get(0));
    System.out.printf("autoencoder  %-6s %d losses within %.1e of cpu%n", name, STEPS, largest);
  }

  private static List<Double> losses(String name) throws IOException {
    Dataset digits = EmbeddedDigits.trainTest(STEPS * BATCH, 1).train();
    try (Autoencoder.Network network = new Autoencoder.Network(FILTERS)) {
      network.init(Backends.get(name), DType.FLOAT64, Rng.seeded(1));
      try (Adam adam = new Adam(network.parameters(), 5e-3)) {
        return Trainer.builder(network, adam, Autoencoder.evidenceBound(Rng.seeded(2)))
            .rng(Rng.seeded(3))
            .build()
            .fit(Batches.shuffled(digits, BATCH, Rng.seeded(4)), 1)
            .losses();
      }
    }
  }
}
