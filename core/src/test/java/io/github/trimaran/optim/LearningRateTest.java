package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  private static void assertRates(LearningRate schedule, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(schedule.at((long) pairs[i]))
          .as("step %s", pairs[i])
          .isCloseTo(pairs[i + 1], within(1e-12));
    }
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
}
