package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.conformance.NumberTable;
import io.github.trimaran.io.weights.StateDict;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReduceOnPlateauTest {

  private static final NumberTable TORCH = NumberTable.read("/optim/schedules.txt");

  private static Map<String, ReduceOnPlateau> torch() {
    ReduceOnPlateau plateau = new ReduceOnPlateau(0.4);
    ReduceOnPlateau half = plateau.factor(0.5);
    return Map.of(
        "ReduceLROnPlateau(patience=1)",
        plateau.patience(1),
        "ReduceLROnPlateau(factor=0.5, patience=2, threshold=0.05, cooldown=2, min_lr=0.06)",
        half.patience(2).threshold(0.05).cooldown(2).smallestRate(0.06),
        "ReduceLROnPlateau(mode='max', factor=0.5, patience=3, threshold=0.2)",
        half.maximizing().patience(3).threshold(0.2),
        "ReduceLROnPlateau(factor=0.5, patience=1, threshold=0.04, threshold_mode='abs')",
        half.patience(1).absoluteThreshold(0.04),
        "ReduceLROnPlateau(mode='max', factor=0.5, patience=1, threshold=0.04,"
            + " threshold_mode='abs')",
        half.maximizing().patience(1).absoluteThreshold(0.04));
  }

  static Set<String> torchNames() {
    Set<String> names = new TreeSet<>(TORCH.names());
    names.removeIf(name -> !name.startsWith("ReduceLROnPlateau"));
    assertThat(torch().keySet()).isEqualTo(names);
    return names;
  }

  private static double[] metrics(String name) {
    // The relative threshold of what should get larger was tried with negative metrics.
    double sign = name.contains("max") && !name.contains("abs") ? -1 : 1;
    return Arrays.stream(TORCH.get("metrics", 0)).map(metric -> sign * metric).toArray();
  }

  private static double[] rates(ReduceOnPlateau plateau, double... metrics) {
    return Arrays.stream(metrics)
        .map(
            metric -> {
              plateau.observe(metric);
              return plateau.at(0);
            })
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("torchNames")
  void isPyTorchs(String name) {
    assertThat(rates(torch().get(name), metrics(name)))
        .containsExactly(TORCH.get(name, 0), within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("torchNames")
  void goesOnFromItsState(String name) {
    double[] metrics = metrics(name);
    double[] whole = rates(torch().get(name), metrics);
    for (int split = 0; split < metrics.length; split++) {
      ReduceOnPlateau first = torch().get(name);
      rates(first, Arrays.copyOf(metrics, split));
      ReduceOnPlateau second = torch().get(name);
      second.restore(first.state());
      assertThat(rates(second, Arrays.copyOfRange(metrics, split, metrics.length)))
          .containsExactly(Arrays.copyOfRange(whole, split, whole.length));
    }
  }

  @Test
  void nothingIsBetterThanNaN() {
    assertThat(rates(new ReduceOnPlateau(1).patience(0), 1, Double.NaN)).containsExactly(1, 0.1);
  }

  @Test
  void warmsUp() {
    ReduceOnPlateau plateau = new ReduceOnPlateau(1).patience(0);
    LearningRate warm = plateau.warmUp(4);
    rates(plateau, 1, 1);
    assertThat(warm.at(1)).isEqualTo(0.05);
  }

  @Test
  void anotherStateIsRefused() {
    assertThatThrownBy(() -> new ReduceOnPlateau(1).restore(StateDict.of(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit reduce on plateau: 4 missing: rate");
  }
}
