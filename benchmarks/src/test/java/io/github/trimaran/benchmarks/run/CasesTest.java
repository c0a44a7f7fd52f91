package io.github.trimaran.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CasesTest {

  private static final Pattern ALL = Pattern.compile("");

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyCaseIsABenchmarkThatJmhKnows(Preset preset) throws IOException {
    String known;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CasesTest.class.getResourceAsStream("/META-INF/BenchmarkList"),
                StandardCharsets.UTF_8))) {
      known = reader.lines().reduce("", (a, b) -> a + "\n" + b);
    }
    for (Case one : Cases.of(preset, ALL)) {
      int dot = one.benchmark().indexOf('.');
      assertThat(known)
          .contains("benchmarks.suite." + one.benchmark().substring(0, dot) + " ")
          .contains(" " + one.benchmark().substring(dot + 1) + " ");
    }
  }

  @Test
  void presetsGrow() {
    List<Case> quick = Cases.of(Preset.QUICK, ALL);
    List<Case> usual = Cases.of(Preset.DEFAULT, ALL);
    List<Case> full = Cases.of(Preset.FULL, ALL);
    assertThat(usual).containsAll(quick).hasSizeGreaterThan(quick.size());
    assertThat(full).containsAll(usual).hasSizeGreaterThan(usual.size());
    assertThat(full).doesNotHaveDuplicates();
  }

  @Test
  void aFilterLooksIntoTheParameters() {
    assertThat(Cases.of(Preset.QUICK, Pattern.compile("TrainingStep.*backend=cpu .*mnist")))
        .containsExactly(Case.of("TrainingStep.step", "cpu", "data", "mnist", "batch", "50"));
    assertThat(Cases.of(Preset.QUICK, Pattern.compile("nothing"))).isEmpty();
  }
}
