package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.GPTTraining;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small decoder transformer trains alike on every backend, and on two threads at once as on one.
 */
@Tag("one-jdk")
class TransformerTest {

  private static final int BATCH = 12;
  private static final int STEPS = 50;

  private static List<Double> reference;

  @BeforeEach
  void assumeEngines() {
    Engines.assumeOnTheClassPath();
  }

  private static List<Double> losses(Backend<?> backend, DType dtype, int steps, long seed) {
    GPT.Settings settings = GPT.Settings.small(GPTTraining.VOCABULARY);
    return GPTTraining.losses(backend, dtype, settings, BATCH, steps, seed);
  }

  private static List<Double> reference() {
    if (reference == null) {
      reference = losses(Backends.get("cpu"), DType.FLOAT64, STEPS, 1);
    }
    return reference;
  }

  /**
   * At its full size; {@code GalleryAgreementTest} asks the same of the small form in each build.
   */
  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void fiftyStepsInFloat64Agree(String name) {
    List<Double> losses = losses(Backends.get(name), DType.FLOAT64, STEPS, 1);
    double largest = 0;
    for (int step = 0; step < STEPS; step++) {
      double expected = reference().get(step);
      largest = Math.max(largest, Math.abs(losses.get(step) - expected) / expected);
      assertThat(losses.get(step))
          .as("%s, step %d", name, step + 1)
          .isCloseTo(expected, withinPercentage(1e-7));
    }
    // A training that does not move agrees trivially.
    assertThat(losses.get(STEPS - 1)).isLessThan(0.7 * losses.get(0));
    System.out.printf("transformer  %-6s %d losses within %.1e of cpu%n", name, STEPS, largest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j", "djl"})
  void twoThreadsTrainAsOneAfterTheOther(String name) {
    Backend<?> backend = Backends.get(name);
    List<Double> first = losses(backend, DType.FLOAT32, 3, 1);
    List<Double> second = losses(backend, DType.FLOAT32, 3, 2);
    CompletableFuture<List<Double>> aside =
        CompletableFuture.supplyAsync(() -> losses(backend, DType.FLOAT32, 3, 1));
    assertThat(losses(backend, DType.FLOAT32, 3, 2)).isEqualTo(second);
    assertThat(aside.join()).isEqualTo(first);
  }
}
