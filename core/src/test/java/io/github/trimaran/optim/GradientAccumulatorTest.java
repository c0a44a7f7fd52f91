package io.github.trimaran.optim;

import static io.github.trimaran.optim.Values.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientAccumulatorTest {

  private final Tensor w = row(0.5, -1, 2).requiresGrad();

  /** The gradient of the mean of {@code sin(w x)} over rows x. */
  private List<Tensor> gradient(double[]... rows) {
    double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    Tensor x = Tensor.of(Values.BACKEND, all, rows.length, 3);
    return List.of(Gradients.of(x.mul(w).sum(1).sin().mean(), w).get(w));
  }

  @Test
  void isTheGradientOfTheLargeBatch() {
    double[][] rows = {{1, 2, 3}, {-1, 0.5, 0}, {0.3, 0.2, 0.1}, {2, -1, 1}, {0, 0, 1.5}};
    try (GradientAccumulator sum = new GradientAccumulator()) {
      sum.add(gradient(rows[0], rows[1]), 2);
      sum.add(gradient(rows[2], rows[3]), 2);
      sum.add(gradient(rows[4]), 1);
      assertThat(sum.mean().get(0).toDoubles())
          .containsExactly(gradient(rows).get(0).toDoubles(), within(1e-15));
    }
  }

  @Test
  void livesBeyondTheScopesOfTheBatchesAndIsReleased() {
    long before = Values.BACKEND.liveArrays();
    GradientAccumulator sum = new GradientAccumulator();
    for (int i = 0; i < 3; i++) {
      try (Scope scope = Scope.open()) {
        sum.add(Arrays.asList(null, row(1, i)), 1);
      }
    }
    assertThat(Values.BACKEND.liveArrays()).isEqualTo(before + 1);
    try (Scope scope = Scope.open()) {
      assertThat(sum.mean().get(0)).isNull();
      assertThat(sum.mean().get(1).toDoubles()).containsExactly(1, 1);
    }
    sum.close();
    assertThat(Values.BACKEND.liveArrays()).isEqualTo(before);
    assertThatThrownBy(sum::mean).hasMessage("gradient accumulation: nothing was added");
  }

  @Test
  void otherGradientsAreRefused() {
    try (GradientAccumulator sum = new GradientAccumulator()) {
      sum.add(List.of(row(1)), 1);
      assertThatThrownBy(() -> sum.add(List.of(row(1), row(2)), 1))
          .hasMessage("gradient accumulation: 2 gradients after 1");
    }
  }
}
