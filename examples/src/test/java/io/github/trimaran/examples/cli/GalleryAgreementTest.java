package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.examples.engines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of the gallery train alike on every backend: rounding is all that differs. */
@Tag("one-jdk")
class GalleryAgreementTest {

  private static final int STEPS = 50;

  @TempDir Path folder;

  @BeforeEach
  void assumeEngines() {
    Engines.assumeOnTheClassPath();
  }

  @Test
  void fiftyStepsOfANetworkOfTablesAgree() throws IOException {
    requireAgreement("cars", 7);
  }

  @Tag("long")
  @Test
  void fiftyStepsOfATransformerAgree() throws IOException {
    requireAgreement("shakespeare", 1);
  }

  private void requireAgreement(String program, int epochs) throws IOException {
    List<Double> reference = losses(program, epochs, "cpu");
    // A training that does not move agrees trivially.
    assertThat(reference.get(STEPS - 1)).isLessThan(0.8 * reference.get(0));
    for (String backend : List.of("nd4j", "djl")) {
      List<Double> losses = losses(program, epochs, backend);
      double largest = 0;
      for (int step = 0; step < STEPS; step++) {
        double expected = reference.get(step);
        largest = Math.max(largest, Math.abs(losses.get(step) - expected) / expected);
        assertThat(losses.get(step))
            .as("%s on %s, step %d", program, backend, step + 1)
            .isCloseTo(expected, withinPercentage(1e-7));
      }
      System.out.printf(
          "gallery      %-6s %s: %d losses within %.1e of cpu%n", backend, program, STEPS, largest);
    }
  }

  private List<Double> losses(String program, int epochs, String backend) throws IOException {
    String line =
        "gallery %s --quick --data embedded --dtype float64 --epochs %d --backend %s --out @/%s";
    Program run = Program.run(folder, String.format(line, program, epochs, backend, backend));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result =
        new ObjectMapper().readTree(folder.resolve(backend).resolve("result.json").toFile());
    List<Double> losses = new ArrayList<>();
    result.at("/runs/0/history/step_loss").forEach(loss -> losses.add(loss.doubleValue()));
    assertThat(losses).hasSizeGreaterThanOrEqualTo(STEPS);
    return losses;
  }
}
