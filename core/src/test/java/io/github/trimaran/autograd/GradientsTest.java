package io.github.trimaran.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientsTest {

  private final NaiveBackend backend = new NaiveBackend();
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    assertThat(backend.liveArrays()).isZero();
  }

  private Tensor leaf(double... values) {
    return Tensor.of(backend, values, values.length).requiresGrad();
  }

  private Tensor number(double value) {
    return Tensor.scalar(backend, value, DType.FLOAT64).requiresGrad();
  }

  @Test
  void theExerciseToThirdOrder() {
    Tensor x = number(1.5);
    Tensor y = x.mul(2).mul(x.mul(Math.PI).sin());
    Tensor first = Gradients.differentiable(y, x).get(x);
    Tensor second = Gradients.differentiable(first, x).get(x);
    Tensor third = Gradients.of(second, x).get(x);
    // 2 sin(pi x) + 2 pi x cos(pi x) and its derivatives, at 1.5.
    assertThat(first.item()).isCloseTo(-2, within(1e-12));
    assertThat(second.item()).isCloseTo(3 * Math.PI * Math.PI, within(1e-12));
    assertThat(third.item()).isCloseTo(6 * Math.PI * Math.PI, within(1e-11));
  }

  @Test
  void powersToFifthOrder() {
    Tensor x = number(2);
    Tensor y = x.pow(4);
    double[] expected = {32, 48, 48, 24, 0};
    for (double derivative : expected) {
      y = Gradients.differentiable(y, x).get(x);
      assertThat(y.item()).isEqualTo(derivative);
    }
  }

  @Test
  void sharedSubexpressionsAddUp() {
    Tensor x = leaf(1, 2, 3);
    Tensor square = x.mul(x);
    Tensor y = square.add(square).mul(square).sum();
    assertThat(Gradients.of(y, x).get(x).toDoubles()).containsExactly(8, 64, 216);
  }

  @Test
  void oneTensorMayBeEveryOperand() {
    Tensor x = leaf(1, 2);
    Tensor y = Tensor.concat(List.of(x, x, x), 0).mul(Tensor.concat(List.of(x, x, x), 0)).sum();
    assertThat(Gradients.of(y, x, x).get(x).toDoubles()).containsExactly(6, 12);
    assertThat(Gradients.of(x.sub(x).sum(), x).get(x).toDoubles()).containsExactly(0, 0);
    assertThat(Gradients.of(x.div(x).sum(), x).get(x).toDoubles()).containsExactly(0, 0);
  }

  @Test
  void gradientsOfIntermediateResultsAndOfTheResultItself() {
    Tensor x = number(3);
    Tensor h = x.mul(2);
    Tensor y = h.mul(h);
    Gradients gradients = Gradients.of(y, x, h, y);
    assertThat(gradients.get(y).item()).isEqualTo(1);
    assertThat(gradients.get(h).item()).isEqualTo(12);
    assertThat(gradients.get(x).item()).isEqualTo(24);
  }

  @Test
  void whatTheResultDoesNotDependOnHasZeros() {
    Tensor x = leaf(1, 2);
    Tensor other = leaf(1, 2, 3);
    Gradients gradients = Gradients.of(x.sum(), x, other);
    assertThat(gradients.get(other).toDoubles()).containsExactly(0, 0, 0);
    assertThat(Gradients.of(other.sum(), x).get(x).toDoubles()).containsExactly(0, 0);
    // A linear function's gradient does not depend on x: its own gradient is 0.
    Tensor first = Gradients.differentiable(x.sum(), x).get(x);
    assertThat(Gradients.of(first.sum(), x).get(x).toDoubles()).containsExactly(0, 0);
  }

  private void assertNotRecorded(String because, Tensor y) {
    Tensor x = leaf(1, 2);
    Tensor one = Tensor.scalar(backend, 1, DType.FLOAT64);
    String message = "gradients: y, float64 [] on naive, was not recorded: it ";
    assertThatThrownBy(() -> Gradients.of(y, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message + because);
    assertThatThrownBy(() -> Gradients.differentiable(y, x)).hasMessageContaining(because);
    assertThatThrownBy(() -> Gradients.vjp(y, one, x)).hasMessageContaining(because);
    assertThatThrownBy(() -> Gradients.differentiableVjp(y, one, x)).hasMessageContaining(because);
  }

  @Test
  void aResultThatWasNotRecordedIsAnErrorThatSaysWhy() {
    Tensor x = leaf(1, 2);
    Tensor constant = Tensor.of(backend, new double[] {1, 2}, 2);
    assertNotRecorded("depends on no tensor with requiresGrad()", constant.mul(constant).sum());
    assertNotRecorded("depends on no tensor with requiresGrad()", x.sign().sum());
    assertNotRecorded("depends on no tensor with requiresGrad()", x.round().sum());
    assertNotRecorded("depends on no tensor with requiresGrad()", x.floor().sum());
    assertNotRecorded("depends on no tensor with requiresGrad()", x.ceil().sum());
    assertNotRecorded("depends on no tensor with requiresGrad()", constant.clamp(0, 1).sum());
    assertNotRecorded("was cut off by detach()", x.detach().mul(constant).sum());
    assertNotRecorded("comes from int64 or bool", x.to(DType.INT64).to(DType.FLOAT64).sum());
    assertNotRecorded("comes from int64 or bool", x.greater(constant).to(DType.FLOAT64).sum());
    Tensor square;
    Tensor clamped;
    try (GradMode off = GradMode.disable()) {
      square = x.mul(x);
      clamped = x.clamp(0, 1);
    }
    assertNotRecorded("was computed while recording was off", clamped.sum());
    Tensor truths = x.greater(constant).to(DType.FLOAT64);
    assertNotRecorded("was computed while recording was off", constant.mul(square).sum());
    assertNotRecorded("was computed while recording was off", truths.mul(square).sum());
    assertThatThrownBy(() -> Gradients.of(x.to(DType.INT64).sum(), x))
        .hasMessageContaining("y, int64 [] on naive, was not recorded: it comes from int64");
  }

  @Test
  void gradientsThatAreConstantAreRecordedToo() {
    Tensor x = number(3);
    Tensor first = Gradients.differentiable(x.mul(2), x).get(x);
    assertThat(first.item()).isEqualTo(2);
    assertThat(Gradients.differentiable(first.mul(5), x).get(x).item()).isZero();
    Tensor other = number(1);
    Tensor none = Gradients.differentiable(x.mul(x), other).get(other);
    assertThat(Gradients.of(none, x).get(x).item()).isZero();
    Tensor own = Gradients.differentiable(x, x).get(x);
    assertThat(Gradients.of(own, x).get(x).item()).isZero();
  }

  @Test
  void detachedFactorsAreConstants() {
    Tensor x = number(3);
    assertThat(Gradients.of(x.mul(x.detach()), x).get(x).item()).isEqualTo(3);
    Tensor y;
    try (GradMode off = GradMode.disable()) {
      y = x.mul(x);
    }
    assertThat(Gradients.of(x.mul(y), x).get(x).item()).isEqualTo(9);
  }

  @Test
  void aVectorJacobianProductWeighsTheResults() {
    Tensor x = leaf(1, 2, 3);
    Tensor v = Tensor.of(backend, new double[] {1, 0, -1}, 3);
    assertThat(Gradients.vjp(x.mul(x), v, x).get(x).toDoubles()).containsExactly(2, 0, -6);
    Tensor first = Gradients.differentiableVjp(x.mul(x), v, x).get(x);
    assertThat(Gradients.of(first.sum(), x).get(x).toDoubles()).containsExactly(2, 0, -2);
  }

  @Test
  void castsPassGradientsBetweenFloats() {
    Tensor x = Tensor.of(backend, new float[] {3}, 1).requiresGrad();
    Tensor y = x.to(DType.FLOAT64).mul(x.to(DType.FLOAT64)).sum();
    Tensor gradient = Gradients.of(y, x).get(x);
    assertThat(gradient.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(gradient.toDoubles()).containsExactly(6);
  }

  @Test
  void deepChainsDoNotOverflowTheStack() {
    Tensor x = number(1);
    Tensor y = x;
    for (int i = 0; i < 10_000; i++) {
      y = y.add(x);
    }
    assertThat(Gradients.of(y, x).get(x).item()).isEqualTo(10_001);
    Tensor z = x;
    for (int i = 0; i < 10_000; i++) {
      z = z.mul(0.9999);
    }
    Tensor first = Gradients.differentiable(z.mul(z), x).get(x);
    assertThat(Gradients.of(first, x).get(x).item())
        .isCloseTo(2 * Math.pow(0.9999, 20_000), within(1e-12));
  }

  @Test
  void wideGraphsTakeLinearTime() {
    Tensor x = number(1);
    Tensor y = x;
    // 2^60 paths from y to x.
    for (int i = 0; i < 60; i++) {
      y = y.add(y).mul(0.5);
    }
    assertThat(Gradients.of(y, x).get(x).item()).isEqualTo(1);
  }

  @Test
  void leavesOnlyTheResultsBehind() {
    Tensor x = leaf(1, 2, 3);
    Tensor w = leaf(2, 2, 2);
    Tensor y = x.mul(w).exp().add(x).max();
    long before = backend.liveArrays();
    Gradients gradients = Gradients.of(y, x, w);
    // The seed and the two gradients.
    assertThat(backend.liveArrays()).isEqualTo(before + 3);
    assertThat(gradients.get(w).toDoubles()[2]).isCloseTo(3 * Math.exp(6), within(1e-9));
  }

  @Test
  void resultsBelongToTheOpenScope() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(x).sum();
    Tensor gradient;
    try (Scope inner = Scope.open("inner")) {
      gradient = Gradients.of(y, x).get(x);
      assertThat(inner.owns(gradient)).isTrue();
    }
    assertThat(gradient.isClosed()).isTrue();
    assertThat(y.isClosed()).isFalse();
  }

  @Test
  void computesNoGradientThatIsNotAskedFor() {
    CountingBackend counting = new CountingBackend();
    Tensor image = Tensor.ones(counting.backend(), Shape.of(1, 2, 4, 4), DType.FLOAT64);
    Tensor first =
        Tensor.ones(counting.backend(), Shape.of(2, 2, 3, 3), DType.FLOAT64).requiresGrad();
    Tensor second =
        Tensor.ones(counting.backend(), Shape.of(1, 2, 2, 2), DType.FLOAT64).requiresGrad();
    Tensor y =
        Convolution.conv2d(
                Convolution.conv2d(image, first, Conv2dGeometry.unit()),
                second,
                Conv2dGeometry.unit())
            .sum();
    Gradients.of(y, first, second);
    assertThat(counting.calls("conv2dWeightGrad")).isEqualTo(2);
    assertThat(counting.calls("conv2dInputGrad")).as("none to the image").isEqualTo(1);
    Gradients.of(y, second);
    assertThat(counting.calls("conv2dWeightGrad")).isEqualTo(3);
    assertThat(counting.calls("conv2dInputGrad")).as("the first is not reached").isEqualTo(1);
  }

  @Test
  void mistakesAreNamed() {
    Tensor x = leaf(1, 2);
    assertThatThrownBy(() -> Gradients.of(x.mul(x), x))
        .hasMessage("gradients: y must have one element, its shape is [2]; sum it, or use vjp");
    assertThatThrownBy(() -> Gradients.of(x.sum(), x.detach()))
        .hasMessage(
            "gradients: float64 [2] on naive was not recorded;"
                + " make it with requiresGrad() before using it");
    assertThatThrownBy(() -> Gradients.of(x.sum(), x).get(leaf(1, 2)))
        .hasMessage("gradients: not asked for with respect to float64 [2] on naive");
    assertThatThrownBy(() -> Gradients.vjp(x, leaf(1, 2, 3), x))
        .hasMessageContaining("gradients: v must be like y");
  }

  @Test
  void useOfAReleasedOperandIsNamed() {
    Tensor x = leaf(1, 2);
    Tensor hidden = x.exp();
    Tensor y = hidden.sum();
    hidden.close();
    assertThatThrownBy(() -> Gradients.of(y, x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was released by the close at");
  }

  @Test
  void gradientsGoFromBackendToBackend() {
    NaiveBackend other = new NaiveBackend();
    Tensor x = leaf(2, 3);
    Tensor y = leaf(1);
    Tensor there = x.mul(x).to(other);
    Gradients gradients = Gradients.of(there.mul(there).sum(), x, y);
    // Of x^4.
    assertThat(gradients.get(x).toDoubles()).containsExactly(32, 108);
    assertThat(gradients.get(x).backend()).isSameAs(backend);
    assertThat(gradients.get(y).backend()).isSameAs(backend);
    assertThat(there.backend()).isSameAs(other);
    assertThat(x.to(backend).toHost()).isEqualTo(x.toHost());
  }
}
