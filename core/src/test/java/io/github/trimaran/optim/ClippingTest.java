package io.github.trimaran.optim;

import static io.github.trimaran.optim.Values.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClippingTest {

  private static double[][] clipped(Clipping clipping, Tensor... gradients) {
    return clipping.apply(List.of(gradients)).stream()
        .map(Tensor::toDoubles)
        .toArray(double[][]::new);
  }

  @Test
  void byNormScalesAllAlike() {
    double[][] large = clipped(Clipping.gradNorm(1), row(0, 3), row(4));
    double scale = 1 / (5 + 1e-6);
    assertThat(large[0]).containsExactly(new double[] {0, 3 * scale}, within(1e-15));
    assertThat(large[1]).containsExactly(new double[] {4 * scale}, within(1e-15));
    assertThat(clipped(Clipping.gradNorm(6), row(0, 3), row(4))[1]).containsExactly(4);
    assertThat(clipped(Clipping.gradNorm(6), row(0, 0))[0]).containsExactly(0, 0);
  }

  @Test
  void frozenParametersHaveNoGradient() {
    List<Tensor> gradients = Arrays.asList(null, row(3, 4));
    for (Clipping clipping : List.of(Clipping.gradNorm(5.000001), Clipping.gradValue(4))) {
      List<Tensor> kept = clipping.apply(gradients);
      assertThat(kept.get(0)).isNull();
      assertThat(kept.get(1).toDoubles()).containsExactly(new double[] {3, 4}, within(1e-15));
    }
    assertThat(Clipping.gradNorm(1).apply(Collections.singletonList(null))).containsOnlyNulls();
  }

  @Test
  void byValueCutsEachElement() {
    assertThat(clipped(Clipping.gradValue(2), row(-3, 1, 5))[0]).containsExactly(-2, 1, 2);
  }
}
