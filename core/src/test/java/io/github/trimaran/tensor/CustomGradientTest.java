package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.GradientCheck;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that are given count in place of those of the parts. */
class CustomGradientTest {

  private final NaiveBackend backend = new NaiveBackend();
  private final Tensor x = Tensor.of(backend, 0.4, -1.7, 2.5).requiresGrad();

  private static final CustomGradient SOFTPLUS =
      CustomGradient.of(
          "softplus",
          in -> in.get(0).exp().add(1).log(),
          (g, y, in) -> List.of(g.mul(in.get(0).sigmoid())));

  private static double[] gradient(Tensor y, Tensor x) {
    return Gradients.of(y.sum(), x).get(x).toDoubles();
  }

  @Test
  void theGivenGradientCountsAndNotThatOfTheParts() {
    CustomGradient round =
        CustomGradient.of("round", in -> in.get(0).round(), (g, y, in) -> List.of(g));
    Tensor y = round.apply(x);
    assertThat(y.toDoubles()).containsExactly(0, -2, 2);
    assertThat(gradient(y.mul(Tensor.of(backend, 1.0, 10.0, 100.0)), x))
        .containsExactly(1, 10, 100);
    assertThat(y.gradFn().name()).isEqualTo("round");
    assertThat(round).hasToString("round");
  }

  @Test
  void bothOrdersAgreeWithDifferences() {
    HostArray point = HostArray.of(new double[] {0.3, -0.7, 1.1, 30}, Shape.of(4));
    GradientCheck check = GradientCheck.of(backend, in -> SOFTPLUS.apply(in.get(0)), point);
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isLessThan(1e-9);
    assertThat(check.secondOrder(Rng.seeded(1)).error()).isLessThan(1e-8);
  }

  @Test
  void aDerivativeMayBeWrittenWithTheResult() {
    CustomGradient exp =
        CustomGradient.of("exp", in -> in.get(0).exp(), (g, y, in) -> List.of(g.mul(y)));
    Tensor first = Gradients.differentiable(exp.apply(x).sum(), x).get(x);
    double[] second = gradient(first, x);
    for (int i = 0; i < 3; i++) {
      assertThat(second[i]).isCloseTo(Math.exp(x.toDoubles()[i]), within(1e-12));
    }
  }

  @Test
  void eachInputHasItsGradientSummedOverWhatWasStretched() {
    CustomGradient product =
        CustomGradient.of(
            "product",
            in -> in.get(0).mul(in.get(1)),
            (g, y, in) -> List.of(g.mul(in.get(1)), g.mul(in.get(0))));
    Tensor a = Tensor.of(backend, new double[] {1, 2, 3, 4, 5, 6}, 2, 3).requiresGrad();
    Gradients gradients = Gradients.of(product.apply(a, x).sum(), a, x);
    assertThat(gradients.get(a).toDoubles()).containsExactly(0.4, -1.7, 2.5, 0.4, -1.7, 2.5);
    assertThat(gradients.get(x).shape()).isEqualTo(Shape.of(3));
    assertThat(gradients.get(x).toDoubles()).containsExactly(5, 7, 9);
    // The same tensor twice has the sum of both.
    assertThat(gradient(product.apply(x, x), x)).containsExactly(0.8, -3.4, 5);
  }

  @Test
  void anInputWithoutGradientHasZero() {
    Tensor scale = Tensor.scalar(backend, 3, DType.FLOAT64).requiresGrad();
    CustomGradient scaled =
        CustomGradient.of(
            "scaled",
            in -> in.get(0).mul(in.get(1)),
            (g, y, in) -> Arrays.asList(g.mul(in.get(1)), null));
    Gradients gradients = Gradients.of(scaled.apply(x, scale).sum(), x, scale);
    assertThat(gradients.get(x).toDoubles()).containsExactly(3, 3, 3);
    assertThat(gradients.get(scale).item()).isZero();
  }

  @Test
  void aFunctionMayReturnWhatItWasGiven() {
    CustomGradient reversed =
        CustomGradient.of("reverse", in -> in.get(0), (g, y, in) -> List.of(g.neg()));
    assertThat(gradient(reversed.apply(x), x)).containsExactly(-1, -1, -1);
    assertThat(reversed.apply(x).sameAs(x)).isFalse();
    // What was given is whole after the result is gone.
    reversed.apply(x).close();
    assertThat(x.toDoubles()).containsExactly(0.4, -1.7, 2.5);
  }

  @Test
  void withoutGradientsToTraceItIsAFunctionLikeOthers() {
    Tensor constant = x.detach();
    Tensor plain = Tensor.of(backend, 0.0);
    assertThat(SOFTPLUS.apply(plain).item()).isCloseTo(Math.log(2), within(1e-15));
    assertThat(SOFTPLUS.apply(plain).whyNotRecorded()).startsWith("it depends on no tensor");
    assertThat(SOFTPLUS.apply(constant).whyNotRecorded()).startsWith("it was cut off by detach()");
    try (GradMode off = GradMode.disable()) {
      assertThat(SOFTPLUS.apply(x).whyNotRecorded()).contains("recording was off");
    }
  }

  @Test
  void whatAGradientIsComputedByIsReleased() {
    List<Tensor> inside = new ArrayList<>();
    CustomGradient twice =
        CustomGradient.of(
            "twice",
            in -> in.get(0).mul(2),
            (g, y, in) -> {
              inside.add(g.add(1));
              return List.of(g.mul(2));
            });
    Tensor gradient = Gradients.of(twice.apply(x).sum(), x).get(x);
    assertThat(gradient.toDoubles()).containsExactly(2, 2, 2);
    assertThatThrownBy(() -> inside.get(0).toDoubles()).hasMessageContaining("twice");
  }

  @Test
  void aTensorWithGradientsThatIsNoInputIsRefused() {
    Tensor weight = Tensor.scalar(backend, 3, DType.FLOAT64).requiresGrad();
    CustomGradient captures =
        CustomGradient.of("scaled", in -> in.get(0).mul(weight), (g, y, in) -> List.of(g));
    assertThatThrownBy(() -> captures.apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scaled: the result depends on a tensor with gradients that is not among the inputs;"
                + " give it as an input, or detach() it");
    assertThatThrownBy(SOFTPLUS::apply).hasMessage("softplus: needs at least one input");
  }

  @Test
  void gradientsThatDoNotFitAreNamed() {
    CustomGradient none = CustomGradient.of("f", in -> in.get(0).exp(), (g, y, in) -> List.of());
    assertThatThrownBy(() -> gradient(none.apply(x), x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "f: the backward function must return a gradient for each of the 1 inputs, returned 0");
    CustomGradient small =
        CustomGradient.of("f", in -> in.get(0).exp(), (g, y, in) -> List.of(g.sum()));
    assertThatThrownBy(() -> gradient(small.apply(x), x))
        .hasMessageStartingWith(
            "f: the gradient of input 0 must be like it, float64 [3] on naive, is float64 [] on"
                + " naive");
    CustomGradient single =
        CustomGradient.of("f", in -> in.get(0).exp(), (g, y, in) -> List.of(g.to(DType.FLOAT32)));
    assertThatThrownBy(() -> gradient(single.apply(x), x))
        .hasMessageStartingWith("f: the gradient of input 0 must be like it");
  }
}
