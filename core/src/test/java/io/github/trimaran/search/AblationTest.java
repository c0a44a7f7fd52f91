package io.github.trimaran.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationTest {

  private static final List<String> NAMES = List.of("as it is", "better", "worse");

  @TempDir Path folder;

  private Ablation ablation() throws IOException {
    TrialLog log = TrialLog.open(folder.resolve("log.json"), Map.of("names", NAMES.toString()));
    return new Ablation(NAMES, List.of(7L, 8L, 9L), log);
  }

  /** Seeds scatter by 100 times what the candidates differ by. */
  private static double score(int candidate, long seed) {
    double effect = new double[] {0, 0.01, -0.02}[candidate];
    return seed * seed / 81.0 + effect + (candidate == 0 ? 0 : 0.001 * (seed - 8));
  }

  @Test
  void whatASeedDoesToAllCancelsOut() throws IOException {
    List<Ablation.Effect> effects = ablation().run(AblationTest::score);
    assertThat(effects).extracting(Ablation.Effect::name).isEqualTo(NAMES);
    // Differences 0.009, 0.010, 0.011: mean 0.01, deviation 0.001; 4.303 / sqrt(3) = 2.4844.
    PairedDifference better = effects.get(1).difference();
    assertThat(better.mean()).isCloseTo(0.01, within(1e-12));
    assertThat(better.standardError()).isCloseTo(0.001 / Math.sqrt(3), within(1e-12));
    assertThat(better.halfWidth()).isCloseTo(0.0024844, within(1e-6));
    assertThat(better.isClear()).isTrue();
    assertThat(better).hasToString("+0.0100 +- 0.0025");
    assertThat(effects.get(2).difference().mean()).isCloseTo(-0.02, within(1e-12));
    assertThat(effects.get(0).difference().mean()).isZero();
    assertThat(effects.get(0).difference().isClear()).isFalse();
    assertThat(effects.get(1).mean()).isCloseTo((49 + 64 + 81) / 243.0 + 0.01, within(1e-12));
  }

  @Test
  void goesOnWithWhatTheLogHas() throws IOException {
    List<String> made = new ArrayList<>();
    assertThatThrownBy(
            () ->
                ablation()
                    .run(
                        (candidate, seed) -> {
                          if (made.size() == 4) {
                            throw new IOException("killed");
                          }
                          made.add(candidate + " " + seed);
                          return score(candidate, seed);
                        }))
        .hasMessage("killed");
    assertThat(made).containsExactly("0 7", "1 7", "2 7", "0 8");
    List<String> after = new ArrayList<>();
    List<Ablation.Effect> effects =
        ablation()
            .listener(trial -> after.add(trial.values().word("candidate")))
            .run(AblationTest::score);
    assertThat(after).containsExactly("better", "worse", "as it is", "better", "worse");
    assertThat(effects.get(1).difference().mean()).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void namesMayBeAddedAtTheEndOnly() throws IOException {
    ablation().run(AblationTest::score);
    List<String> more = List.of("as it is", "better", "worse", "another");
    List<String> other = List.of("as it is", "another", "worse");
    TrialLog log = TrialLog.open(folder.resolve("log.json"), Map.of());
    List<Integer> made = new ArrayList<>();
    new Ablation(more, List.of(7L, 8L, 9L), log)
        .run(
            (candidate, seed) -> {
              made.add(candidate);
              return 0;
            });
    assertThat(made).containsExactly(3, 3, 3);
    assertThatThrownBy(() -> new Ablation(other, List.of(7L), log).run(AblationTest::score))
        .hasMessageContaining("candidate 2 is 'better' there and 'another' here");
  }

  @Test
  void anotherNameInALaterPlaceIsFoundBeforeAnythingIsMeasured() throws IOException {
    TrialLog log = TrialLog.open(folder.resolve("log.json"), Map.of());
    // The log has the last candidate, and neither the base nor the first one.
    log.add(new Trial(3, 0, 1, new Values(Map.of("candidate", "worse")), 0.5, 1, List.of()));
    List<Integer> made = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new Ablation(List.of("as it is", "better", "another"), List.of(7L), log)
                    .run(
                        (candidate, seed) -> {
                          made.add(candidate);
                          return 0;
                        }))
        .hasMessageContaining("candidate 3 is 'worse' there and 'another' here");
    assertThat(made).isEmpty();
  }

  @Test
  void whatCameToNothingCountsAsZeroAndIsStillKnownWhenGoneOnWith() throws IOException {
    List<Ablation.Effect> first =
        ablation().run((candidate, seed) -> candidate == 2 && seed > 7 ? Double.NaN : 0.5);
    List<Ablation.Effect> again = ablation().run(AblationTest::score);
    for (List<Ablation.Effect> effects : List.of(first, again)) {
      assertThat(effects).extracting(Ablation.Effect::failed).containsExactly(0L, 0L, 2L);
      assertThat(effects.get(2).scores()).containsExactly(0.5, 0.0, 0.0);
    }
  }

  @Test
  void differencesOfOnePairSayNothingOfTheirUncertainty() {
    PairedDifference one = PairedDifference.of(List.of(0.5), List.of(0.25));
    assertThat(one.mean()).isEqualTo(0.25);
    assertThat(one.halfWidth()).isNaN();
    assertThat(one.isClear()).isFalse();
    assertThat(one).hasToString("+0.2500 (one pair)");
    assertThatThrownBy(() -> PairedDifference.of(List.of(1.0), List.of()))
        .hasMessage("paired difference: needs as many scores on both sides, has 1 and 0");
    assertThatThrownBy(() -> new Ablation(List.of("a"), List.of(1L), null))
        .hasMessageContaining("needs the base");
  }

  @Test
  void equalDifferencesSayNothingOfTheirSpread() {
    // As numbers of two digits the differences are all 0.02; as doubles their last bits differ.
    PairedDifference equal =
        PairedDifference.of(List.of(0.91, 0.92, 0.12), List.of(0.89, 0.90, 0.10));
    assertThat(0.91 - 0.89).isNotEqualTo(0.12 - 0.10);
    assertThat(equal.standardError()).isZero();
    assertThat(equal.isClear()).isFalse();
    assertThat(equal).hasToString("+0.0200 +- 0.0000");
  }

  @Test
  void manyPairsUseTheNormalDistribution() {
    List<Double> scores = new ArrayList<>();
    List<Double> zeros = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scores.add(i % 2 == 0 ? 1.0 : 3.0);
      zeros.add(0.0);
    }
    PairedDifference difference = PairedDifference.of(scores, zeros);
    assertThat(difference.mean()).isCloseTo(2, within(1e-12));
    assertThat(difference.halfWidth()).isCloseTo(1.96 * Math.sqrt(1 / 99.0), within(1e-12));
  }
}
