package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were once read wrongly, where they are in the data folder. */
class FaultyFilesTest {

  private static Path fault(String name) {
    Optional<Path> file = TestData.find("faults/" + name);
    assumeTrue(file.isPresent(), "no faults/" + name + " in the data folder");
    return file.orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ck_model.pth", "ck_model_state_dict.pth", "ck_net.pth"})
  void checkpointsGiveTheirWeights(String name) throws IOException {
    assertThat(WeightFiles.read(fault(name)).names()).containsExactly("weight", "bias");
  }

  @Test
  void wrappersAndStridesAreUnderstood() throws IOException {
    assertThat(WeightFiles.read(fault("dataparallel.pth")).names())
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("module."));
    StateDict strided = WeightFiles.read(fault("strided.pth"));
    assertThat(strided.names()).contains("exp");
    double[] expanded = strided.get("exp").toDoubles();
    assertThat(expanded)
        .containsExactly(
            expanded[0], expanded[0], expanded[0], expanded[3], expanded[3], expanded[3]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t_U16", "zero_scaled", "extrafield"})
  void unknownTypesAndFieldsDoNotRefuseTheRest(String name) throws IOException {
    assertThat(WeightFiles.read(fault(name + ".safetensors")).names()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pickle-odict-quadratic.pth", "pickle-view-memory.pth", "pth-zip.pth"})
  void hostileFilesAreRefusedAtOnce(String name) {
    Path file = fault(name);
    long before = System.nanoTime();
    assertThatThrownBy(() -> WeightFiles.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining(name);
    // Minutes before the mend; a busy machine is given time.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }
}
