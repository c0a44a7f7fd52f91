package io.github.trimaran.vision.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StyleLossesTest {

  private final Backend<?> backend = Backends.get("cpu");
  private final Tensor a = Tensor.of(backend, new double[] {1, 2, 0, 3, -1, 4}, 2, 3);

  @Test
  void gramMatricesCountWhatOccursTogether() {
    assertThat(StyleLosses.gram(a).toDoubles()).containsExactly(5, 1, 1, 26);
    assertThat(StyleLosses.gram(a.reshape(1, 2, 3, 1)).toDoubles()).containsExactly(5, 1, 1, 26);
    assertThatThrownBy(() -> StyleLosses.gram(a.reshape(2, 3, 1, 1)))
        .hasMessageContaining("must be [1, C, H, W] or [C, M], are [2, 3, 1, 1]");
  }

  /** G - Gs = [[4, 1], [1, 20]], N = 6: the loss is 418 / 144, the gradient (G - Gs) a / 36. */
  @Test
  void styleLossAndGradientByHand() {
    Tensor target = Tensor.of(backend, new double[] {1, 0, 0, 6}, 2, 2);
    Tensor x = a.requiresGrad();
    Tensor loss = StyleLosses.style(x, target);
    assertThat(loss.item()).isCloseTo(418.0 / 144, within(1e-14));
    double[] expected = {7 / 36.0, 7 / 36.0, 4 / 36.0, 61 / 36.0, -18 / 36.0, 80 / 36.0};
    assertThat(StyleLosses.styleGradient(a, target).toDoubles())
        .containsExactly(expected, within(1e-14));
    assertThat(Gradients.of(loss, x).get(x).toDoubles()).containsExactly(expected, within(1e-14));
  }

  @Test
  void contentLossIsTheMeanSquare() {
    Tensor zeros = Tensor.zeros(backend, Shape.of(2, 3), DType.FLOAT64);
    assertThat(StyleLosses.content(a, zeros).item()).isCloseTo(31.0 / 6, within(1e-14));
  }

  /** Rows 1 2 0 and 3 -1 4: down 4 + 9 + 16, across 1 + 4 + 16 + 25, over 6 pixels. */
  @Test
  void totalVariationSumsOverNeighbours() {
    assertThat(StyleLosses.totalVariation(a.reshape(1, 1, 2, 3)).item())
        .isCloseTo(75.0 / 6, within(1e-14));
  }
}
