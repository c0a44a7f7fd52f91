package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.Listener;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same training gives the same losses on every backend. No test of correctness, which is the
 * conformance suite's: it shows that rounding is all that differs.
 */
@Tag("one-jdk")
class AgreementTest {

  @BeforeEach
  void assumeEngines() {
    Engines.assumeOnTheClassPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void aHundredStepsInFloat64(String name) throws IOException {
    compare(name, DType.FLOAT64, 100, 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void twentyStepsInFloat32(String name) throws IOException {
    compare(name, DType.FLOAT32, 20, 1e-4);
  }

  private static void compare(String name, DType dtype, int steps, double tolerance)
      throws IOException {
    List<Double> expected = losses("cpu", dtype, steps);
    List<Double> losses = losses(name, dtype, steps);
    double largest = 0;
    for (int step = 0; step < steps; step++) {
      double reference = expected.get(step);
      largest = Math.max(largest, Math.abs(losses.get(step) - reference) / reference);
      assertThat(losses.get(step))
          .as("%s, %s, step %d", name, dtype, step + 1)
          .isCloseTo(reference, withinPercentage(100 * tolerance));
    }
    // A training that does not move agrees trivially.
    assertThat(losses.get(steps - 1)).isLessThan(0.9 * losses.get(0));
    System.out.printf(
        "agreement    %-6s %s: %d losses within %.1e of cpu%n", name, dtype, steps, largest);
  }

  private static List<Double> losses(String name, DType dtype, int steps) throws IOException {
    return Engines.train(Backends.get(name), dtype, steps, new Listener() {});
  }
}
