package io.github.trimaran.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

/** The check passes right gradients and finds wrong ones. */
class GradientCheckTest {

  private static final HostArray POINT =
      HostArray.of(new double[] {0.3, -0.7, 1.1, 0.2}, Shape.of(2, 2));

  @Test
  void acceptsRightGradients() {
    GradientCheck check =
        GradientCheck.of(
            new NaiveBackend(),
            xs -> xs.get(0).matmul(xs.get(1)).tanh().mul(xs.get(0)),
            POINT,
            POINT);
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isLessThan(1e-9);
    assertThat(check.secondOrder(Rng.seeded(1)).error()).isLessThan(1e-9);
  }

  @Test
  void findsAWrongFirstDerivative() {
    // The derivative of sin is computed by cos; here cos is a little off.
    NaiveBackend wrong =
        new NaiveBackend() {
          @Override
          public NaiveArray cos(NaiveArray a) {
            NaiveArray right = super.cos(a);
            right.values().set(0, right.values().get(0) * 1.001);
            return right;
          }
        };
    GradientCheck check = GradientCheck.of(wrong, xs -> xs.get(0).sin(), POINT);
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isGreaterThan(1e-5);
  }

  @Test
  void findsADerivativeThatIsWrongInSecondOrderOnly() {
    GradientCheck check =
        GradientCheck.of(
            new NaiveBackend(),
            xs -> {
              // Right value and right first derivative x^2, but its second is 0, not 2 x.
              var x = xs.get(0);
              return x.mul(x.detach()).mul(x.detach());
            },
            POINT);
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isGreaterThan(1e-3);
    assertThat(check.secondOrder(Rng.seeded(1)).error()).isGreaterThan(1e-3);
  }

  @Test
  void nanIsTheWorstError() {
    GradientCheck check = GradientCheck.of(new NaiveBackend(), xs -> xs.get(0).log(), POINT);
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isNaN();
  }

  @Test
  void needsDoubles() {
    HostArray singles = HostArray.of(new float[] {1}, Shape.of(1));
    assertThatThrownBy(() -> GradientCheck.of(new NaiveBackend(), xs -> xs.get(0), singles))
        .hasMessage("gradient check: needs float64, is float32 [1]");
  }

  @Test
  void releasesEverything() {
    NaiveBackend backend = new NaiveBackend();
    GradientCheck check = GradientCheck.of(backend, xs -> xs.get(0).exp(), POINT);
    check.firstOrder(Rng.seeded(1));
    check.secondOrder(Rng.seeded(1));
    assertThat(backend.liveArrays()).isZero();
  }
}
