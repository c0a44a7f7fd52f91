package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.conformance.NumberTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateTest {

  private static final NumberTable TORCH = NumberTable.read("/optim/schedules.txt");

  private static void assertRates(LearningRate schedule, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(schedule.at((long) pairs[i]))
          .as("step %s", pairs[i])
          .isCloseTo(pairs[i + 1], within(1e-12));
    }
  }

  static Map<String, Schedule> torch() {
    OneCycle cycle = LearningRate.oneCycle(0.4, 23);
    OneCycle linear =
        LearningRate.oneCycle(0.4, 20).pctStart(0.25).divFactor(10).finalDivFactor(100).linear();
    OneCycle three = LearningRate.oneCycle(0.4, 20).threePhase();
    OneCycle all = LearningRate.oneCycle(0.4, 23).pctStart(0.4).linear().threePhase();
    String cycleName = "OneCycleLR(max_lr=0.4, total_steps=23)";
    String linearName =
        "OneCycleLR(max_lr=0.4, total_steps=20, pct_start=0.25, div_factor=10,"
            + " final_div_factor=100, anneal_strategy='linear')";
    String threeName = "OneCycleLR(max_lr=0.4, total_steps=20, three_phase=True)";
    String allName =
        "OneCycleLR(max_lr=0.4, total_steps=23, pct_start=0.4, anneal_strategy='linear',"
            + " three_phase=True, base_momentum=0.8, max_momentum=0.9)";
    return Map.ofEntries(
        Map.entry("StepLR(step_size=4, gamma=0.3)", LearningRate.stepDecay(0.4, 4, 0.3)),
        Map.entry(
            "MultiStepLR(milestones=[3, 7, 8], gamma=0.5)",
            LearningRate.multiStep(0.4, 0.5, 7, 3, 8)),
        Map.entry("ExponentialLR(gamma=0.8)", LearningRate.exponential(0.4, 0.8)),
        Map.entry("PolynomialLR(total_iters=8, power=2)", LearningRate.polynomial(0.4, 2, 8)),
        Map.entry(
            "LinearLR(start_factor=1, end_factor=0.25, total_iters=6)",
            LearningRate.linear(0.4, 0.1, 6)),
        Map.entry("CosineAnnealingLR(T_max=9, eta_min=0.05)", LearningRate.cosine(0.4, 0.05, 9)),
        Map.entry(
            "CosineAnnealingWarmRestarts(T_0=4, T_mult=2, eta_min=0.02)",
            LearningRate.cosineRestarts(0.4, 0.02, 4, 2)),
        Map.entry("CosineAnnealingWarmRestarts(T_0=5)", LearningRate.cosineRestarts(0.4, 0, 5, 1)),
        Map.entry(cycleName, cycle),
        Map.entry(cycleName + ", momentum", cycle.momentum(0.85, 0.95)),
        Map.entry(linearName, linear),
        Map.entry(linearName + ", momentum", linear.momentum(0.85, 0.95)),
        Map.entry(threeName, three),
        Map.entry(threeName + ", momentum", three.momentum(0.85, 0.95)),
        Map.entry(allName, all),
        Map.entry(allName + ", momentum", all.momentum(0.8, 0.9)),
        Map.entry(
            "warm-up: LinearLR(start_factor=0.25, total_iters=3) and CosineAnnealingLR(T_max=10)",
            LearningRate.cosine(0.4, 0, 10).warmUp(4)),
        Map.entry(
            "SequentialLR([LinearLR(start_factor=0.25, end_factor=0.75, total_iters=4),"
                + " ExponentialLR(gamma=0.5)], milestones=[4])",
            LearningRate.linear(0.1, 0.3, 4).then(4, LearningRate.exponential(0.4, 0.5))));
  }

  @ParameterizedTest
  @MethodSource("torchNames")
  void isPyTorchs(String name) {
    double[] expected = TORCH.get(name, 0);
    Schedule schedule = torch().get(name);
    double[] actual = IntStream.range(0, expected.length).mapToDouble(schedule::at).toArray();
    assertThat(actual).containsExactly(expected, within(1e-13));
  }

  static Set<String> torchNames() {
    Set<String> names = new TreeSet<>(TORCH.names());
    names.removeIf(name -> name.startsWith("ReduceLROnPlateau") || name.equals("metrics"));
    assertThat(torch().keySet()).isEqualTo(names);
    return names;
  }

  @Test
  void constant() {
    assertRates(LearningRate.constant(0.3), 0, 0.3, 1e9, 0.3);
  }

  @Test
  void stepDecay() {
    assertRates(LearningRate.stepDecay(1, 10, 0.5), 0, 1, 9, 1, 10, 0.5, 29, 0.25);
  }

  @Test
  void cosine() {
    double third = 0.2 + 0.8 * (1 + Math.cos(Math.PI / 3)) / 2;
    assertRates(LearningRate.cosine(1, 0.2, 30), 0, 1, 10, third, 15, 0.6, 30, 0.2, 99, 0.2);
  }

  @Test
  void oneCycle() {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=11, pct_start=0.3): the top is at
    // step 0.3 * 11 - 1 = 2.3, the end at step 10.
    double up = 0.04 + 0.96 * (1 - Math.cos(Math.PI / 2.3)) / 2;
    double down = 4e-6 + (1 - 4e-6) * (1 + Math.cos(Math.PI * 0.7 / 7.7)) / 2;
    assertRates(LearningRate.oneCycle(1, 11), 0, 0.04, 1, up, 3, down, 10, 4e-6);
  }

  @Test
  void triangular() {
    assertRates(
        LearningRate.triangular(2, 100, 0.2, 0.25, 0.1),
        0,
        0.4,
        12.5,
        0.4 + 1.6 * 12 / 25,
        25,
        2,
        100,
        0.2,
        200,
        0.2);
  }

  @Test
  void linear() {
    assertRates(LearningRate.linear(1, 0.5, 4), 0, 1, 1, 0.875, 4, 0.5, 9, 0.5);
  }

  @Test
  void warmUp() {
    assertRates(LearningRate.constant(1).warmUp(4), 0, 0.25, 3, 1, 4, 1);
    assertRates(LearningRate.constant(1).times(3), 0, 3);
  }

  @Test
  void changesOnlyNowAndThen() {
    assertRates(LearningRate.exponential(1, 0.5).everySteps(3), 0, 1, 2, 1, 3, 0.5, 6, 0.25);
  }

  @Test
  void isThereFarFromTheBeginning() {
    assertRates(LearningRate.cosineRestarts(1, 0, 1000, 1), 1e12, 1, 1e12 + 500, 0.5);
    assertRates(LearningRate.oneCycle(1, 1), 0, 4e-6, 9, 4e-6);
  }

  @Test
  void impossibleOnesAreRefused() {
    assertThatThrownBy(() -> LearningRate.oneCycle(1, 10).threePhase().pctStart(0.6))
        .hasMessage("one-cycle: with three phases, pctStart must be at most 0.5, is 0.6");
    assertThatThrownBy(() -> LearningRate.cosineRestarts(1, 0, 10, 0))
        .hasMessage("learning rate: growth must be at least 1, is 0");
  }
}
