package io.github.trimaran.optim;

import static io.github.trimaran.optim.Values.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.tensor.Tensor;
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
    double[][] large = clipped(Clipping.byNorm(1), row(0, 3), row(4));
    assertThat(large[0]).containsExactly(new double[] {0, 0.6}, within(1e-15));
    assertThat(large[1]).containsExactly(new double[] {0.8}, within(1e-15));
    assertThat(clipped(Clipping.byNorm(6), row(0, 3), row(4))[1]).containsExactly(4);
    assertThat(clipped(Clipping.byNorm(6), row(0, 0))[0]).containsExactly(0, 0);
  }

  @Test
  void byValueCutsEachElement() {
    assertThat(clipped(Clipping.byValue(2), row(-3, 1, 5))[0]).containsExactly(-2, 1, 2);
  }
}
