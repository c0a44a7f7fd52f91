package io.github.trimaran.optim;

import static io.github.trimaran.optim.Values.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.conformance.NumberTable;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LbfgsTest {

  private static final NumberTable TORCH = NumberTable.read("/optim/lbfgs.txt");

  /** Rosenbrock's valley, minimum 0 at (1, 1). */
  private static Supplier<Tensor> rosenbrock(Parameter point) {
    return () -> {
      Tensor x = point.tensor().narrow(1, 0, 1);
      Tensor y = point.tensor().narrow(1, 1, 1);
      Tensor a = x.neg().add(1);
      Tensor b = y.sub(x.mul(x));
      return a.mul(a).add(b.mul(b).mul(100)).sum();
    };
  }

  private static double[] rosenbrockAt(double x, double y) {
    double b = y - x * x;
    return new double[] {(1 - x) * (1 - x) + 100 * b * b};
  }

  @Test
  void stepsArePyTorchs() {
    Parameter x = Values.weight("x", -1.2, 1);
    Lbfgs descent = new Lbfgs(List.of(x));
    for (int step = 1; step <= 34; step++) {
      assertThat(descent.step(rosenbrock(x))).isTrue();
      if (TORCH.has("Rosenbrock", step)) {
        assertThat(Values.of(x))
            .as("step %s", step)
            .containsExactly(TORCH.get("Rosenbrock", step), within(1e-8));
      }
    }
    assertThat(descent.steps()).isEqualTo(34);
  }

  @Test
  void stopsAtTheMinimum() {
    Parameter x = Values.weight("x", -1.2, 1);
    Lbfgs descent = new Lbfgs(List.of(x));
    while (descent.steps() < 100 && descent.step(rosenbrock(x))) {}
    assertThat(descent.steps()).isLessThan(50);
    assertThat(Values.of(x)).containsExactly(new double[] {1, 1}, within(1e-7));
    assertThat(descent.loss()).isEqualTo(rosenbrockAt(Values.of(x)[0], Values.of(x)[1])[0]);
  }

  @Test
  void withinBoundsItFindsTheEndOfACurvedValley() {
    Parameter x = Values.weight("x", -1.2, 1);
    Lbfgs descent = new Lbfgs(List.of(x)).within(-10, 10).firstStep(0.1);
    boolean moving = true;
    while (moving && !(descent.loss() <= 1e-16)) {
      moving = descent.step(rosenbrock(x));
    }
    assertThat(Values.of(x)).containsExactly(new double[] {1, 1}, within(1e-6));
    assertThat(descent.steps()).isLessThan(80);
  }

  @Test
  void neverGoesUpAndStaysWithinItsBounds() {
    Parameter x = Values.weight("x", -0.5, 0.5);
    Lbfgs descent = new Lbfgs(List.of(x)).within(-0.7, 0.7).firstStep(0.1);
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 60 && descent.step(rosenbrock(x)); i++) {
      assertThat(descent.loss()).isLessThanOrEqualTo(before);
      for (double value : Values.of(x)) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo(0.7);
      }
      before = descent.loss();
    }
    // On the bound x = 0.7 the best is y = 0.49.
    assertThat(Values.of(x)).containsExactly(new double[] {0.7, 0.49}, within(1e-3));
  }

  @Test
  void firstStepMovesTheLargestNumberByThatMuch() {
    Parameter x = Values.weight("x", 3, 4);
    Supplier<Tensor> linear = () -> x.tensor().mul(row(2, -8)).sum();
    new Lbfgs(List.of(x)).within(-100, 100).firstStep(0.5).step(linear);
    assertThat(Values.of(x)).containsExactly(new double[] {3 - 0.125, 4.5}, within(1e-12));
  }

  @Test
  void goesOnFromItsStateBitForBit() {
    Parameter whole = Values.weight("x", -1.2, 1);
    Lbfgs descent = new Lbfgs(List.of(whole)).historySize(3);
    Parameter parts = Values.weight("x", -1.2, 1);
    Lbfgs first = new Lbfgs(List.of(parts)).historySize(3);
    for (int i = 0; i < 9; i++) {
      descent.step(rosenbrock(whole));
      first.step(rosenbrock(parts));
    }
    Lbfgs second = new Lbfgs(List.of(parts)).historySize(3);
    second.restore(first.state());
    for (int i = 0; i < 9; i++) {
      descent.step(rosenbrock(whole));
      second.step(rosenbrock(parts));
    }
    assertThat(Values.of(parts)).isEqualTo(Values.of(whole));
    assertThat(second.state()).isEqualTo(descent.state());
    assertThat(second.steps()).isEqualTo(18);
  }

  @Test
  void whatIsKnownIsNotComputedAgainUnlessParametersChanged() {
    Parameter x = Values.weight("x", 3, 4);
    AtomicInteger evaluations = new AtomicInteger();
    Supplier<Tensor> loss =
        () -> {
          evaluations.incrementAndGet();
          return x.tensor().mul(x.tensor()).sum();
        };
    Lbfgs descent = new Lbfgs(List.of(x)).within(-9, 9).firstStep(0.1);
    descent.step(loss);
    assertThat(evaluations).hasValue(2); // the start, and the first try
    descent.step(loss);
    assertThat(evaluations).hasValue(3);
    x.tensor().assign(row(1, 1));
    descent.step(loss);
    assertThat(evaluations).hasValue(5);
    assertThat(Values.of(x)).containsExactly(new double[] {0.9, 0.9}, within(1e-12));
  }

  @Test
  void frozenParametersStayAsTheyAre() {
    Linear model = new Linear(2, 2);
    model.init(Values.BACKEND, DType.FLOAT64, Rng.seeded(3));
    Linear frozen = model.copyTo(new Linear(2, 2));
    frozen.freeze();
    Parameter x = Values.weight("x", 1, 2);
    List<Parameter> all = List.of(x, frozen.parameters().get(0), frozen.parameters().get(1));
    Lbfgs descent = new Lbfgs(all);
    Supplier<Tensor> loss =
        () -> {
          Tensor weight = frozen.parameters().get(0).tensor();
          return x.tensor().mul(x.tensor()).sum().add(weight.mul(weight).sum());
        };
    while (descent.steps() < 20 && descent.step(loss)) {}
    assertThat(Values.of(x)).containsExactly(new double[] {0, 0}, within(1e-7));
    assertThat(frozen.stateDict()).isEqualTo(model.stateDict());
  }

  @Test
  void aLossThatIsNoNumberStaysWhereItWas() {
    Parameter x = Values.weight("x", 1, 2);
    Lbfgs descent = new Lbfgs(List.of(x));
    // The logarithm of the first number goes down to minus infinity and has no value beyond.
    assertThat(descent.step(() -> x.tensor().narrow(1, 0, 1).log().sum())).isTrue();
    assertThat(Values.of(x)[0]).isPositive();
    assertThat(descent.loss()).isNegative().isFinite();
    x.tensor().assign(row(1, 2));
    assertThat(descent.step(() -> x.tensor().mul(Double.NaN).sum())).isFalse();
  }

  @Test
  void impossibleThingsAreRefused() {
    Parameter x = Values.weight("x", 1);
    assertThatThrownBy(() -> new Lbfgs(List.of())).hasMessage("Lbfgs: there are no parameters");
    assertThatThrownBy(() -> new Lbfgs(List.of(x)).within(1, 0))
        .hasMessage("Lbfgs: nothing is within 1.0 and 0.0");
    assertThatThrownBy(() -> new Lbfgs(List.of(x)).restore(StateDict.of(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit Lbfgs: 1 missing: step []");
  }
}
