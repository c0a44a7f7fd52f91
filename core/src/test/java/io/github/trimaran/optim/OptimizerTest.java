package io.github.trimaran.optim;

import static io.github.trimaran.optim.Values.parameter;
import static io.github.trimaran.optim.Values.row;
import static io.github.trimaran.optim.Values.steps;
import static io.github.trimaran.optim.Values.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  private static final LearningRate TENTH = LearningRate.constant(0.1);

  private final Parameter w = weight("w", 1, -2);
  private final Parameter v = weight("v", 5);

  private void assertWeights(double... expected) {
    assertThat(Values.of(w)).containsExactly(expected, within(1e-12));
  }

  @Test
  void sgd() {
    steps(new Sgd(List.of(w), TENTH), new double[] {1, 2}, new double[] {-3, 0});
    assertWeights(1.2, -2.2);
  }

  @Test
  void saysWhatItIs() {
    Sgd sgd = new Sgd(List.of(w, v), TENTH);
    sgd.step(List.of(row(1, 2), row(1)));
    assertThat(sgd).hasToString("Sgd of 2 parameters, learning rate 0.1, 1 step");
  }

  @Test
  void sgdWithMomentum() {
    steps(new Sgd(List.of(w), TENTH).momentum(0.5), new double[] {1, 2}, new double[] {-3, 0});
    // Velocities (1, 2), then (-2.5, 1).
    assertWeights(1 - 0.1 + 0.25, -2 - 0.2 - 0.1);
  }

  @Test
  void sgdWithNesterovMomentum() {
    steps(
        new Sgd(List.of(w), TENTH).momentum(0.5).nesterov(),
        new double[] {1, 2},
        new double[] {-3, 0});
    // Directions (1.5, 3), then (-3 - 1.25, 0 + 0.5).
    assertWeights(1 - 0.15 + 0.425, -2 - 0.3 - 0.05);
  }

  @Test
  void sgdWithDampening() {
    steps(
        new Sgd(List.of(w), TENTH).momentum(0.5).dampening(0.25),
        new double[] {1, 2},
        new double[] {-4, 0});
    // Velocities (1, 2), then (0.5 - 3, 1).
    assertWeights(1 - 0.1 + 0.25, -2 - 0.2 - 0.1);
  }

  @Test
  void weightDecayIsForWeightsOnly() {
    Parameter bias = parameter("b", Parameter.Role.BIAS, 4);
    new Sgd(List.of(w, bias), TENTH).weightDecay(0.5).step(List.of(row(0, 0), row(0)));
    assertWeights(0.95, -1.9);
    assertThat(Values.of(bias)).containsExactly(4);
  }

  @Test
  void weightDecayIsForAllIfAsked() {
    Parameter bias = parameter("b", Parameter.Role.BIAS, 4);
    new Sgd(List.of(bias), TENTH).weightDecay(0.5).decayingAll().step(List.of(row(0)));
    assertThat(Values.of(bias)).containsExactly(new double[] {3.8}, within(1e-12));
  }

  @Test
  void weightDecayIsForThoseChosen() {
    Parameter other = weight("head", 4);
    new Sgd(List.of(w, other), TENTH)
        .weightDecay(0.5)
        .decaying(parameter -> parameter.name().equals("head"))
        .step(List.of(row(0, 0), row(0)));
    assertWeights(1, -2);
    assertThat(Values.of(other)).containsExactly(new double[] {3.8}, within(1e-12));
  }

  @Test
  void decayIsPartOfTheGradientOrApartFromIt() {
    // Coupled, the momentum sees it: velocities (0.5, -1), then half of them and half of w.
    steps(
        new Sgd(List.of(w), TENTH).momentum(0.5).weightDecay(0.5),
        new double[] {0, 0},
        new double[] {0, 0});
    assertWeights(0.95 - 0.025 - 0.0475, -1.9 + 0.05 + 0.095);
    Parameter other = weight("v", 1, -2);
    steps(
        new Sgd(List.of(other), TENTH).momentum(0.5).weightDecay(0.5).decoupled(),
        new double[] {0, 0},
        new double[] {0, 0});
    assertThat(Values.of(other))
        .containsExactly(new double[] {0.95 * 0.95, -2 * 0.95 * 0.95}, within(1e-12));
  }

  @Test
  void momentumCanFollowASchedule() {
    steps(
        new Sgd(List.of(w), TENTH).momentum(step -> step == 0 ? 0.9 : 0.25),
        new double[] {1, 2},
        new double[] {0, 0});
    assertWeights(1 - 0.1 - 0.025, -2 - 0.2 - 0.05);
  }

  @Test
  void adam() {
    steps(new Adam(List.of(w), TENTH), new double[] {1, 2}, new double[] {-3, 2});
    // First step: rate * g / |g|. Second step, with a = 0.9 and b = 0.999:
    // mean = (a (1-a) g1 + (1-a) g2) / (1 - a^2), square likewise.
    double mean = (0.09 * 1 + 0.1 * -3) / 0.19;
    double square = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 * 0.999);
    assertThat(Values.of(w))
        .containsExactly(new double[] {0.9 - 0.1 * mean / Math.sqrt(square), -2.2}, within(1e-8));
  }

  @Test
  void adamWDecaysApartFromTheGradient() {
    steps(new AdamW(List.of(w), TENTH).weightDecay(0.5), new double[] {1, 2});
    assertThat(Values.of(w)).containsExactly(new double[] {0.95 - 0.1, -1.9 - 0.1}, within(1e-8));
  }

  @Test
  void rmsProp() {
    steps(
        new RmsProp(List.of(w), TENTH).alpha(0.75).momentum(0.5),
        new double[] {1, 2},
        new double[] {-3, 0});
    // Squares (0.25, 1), then (2.4375, 0.75); velocities (2, 2), then 1 - 3 / sqrt(2.4375), 1.
    double second = 1 - 3 / Math.sqrt(2.4375);
    assertThat(Values.of(w))
        .containsExactly(new double[] {1 - 0.2 - 0.1 * second, -2 - 0.2 - 0.1}, within(1e-7));
  }

  @Test
  void muonTakesTheNearlyOrthogonalDirection() {
    Parameter matrix =
        new Parameter(
            "m",
            Parameter.Role.WEIGHT,
            Tensor.zeros(Values.BACKEND, Shape.of(4, 1, 1, 2), DType.FLOAT64).requiresGrad());
    Tensor gradient = Tensor.of(Values.BACKEND, new double[] {3, 0, 0, 4, 0, 0, 0, 0}, 4, 1, 1, 2);
    new Muon(List.of(matrix), TENTH).momentum(0.5).step(List.of(gradient));
    // Singular values 3 and 4 of norm 5; the iteration treats each by itself. Scale sqrt(4 / 2).
    double scale = 0.1 * Math.sqrt(2);
    assertThat(Values.of(matrix))
        .containsExactly(
            new double[] {-scale * newtonSchulz(0.6), 0, 0, -scale * newtonSchulz(0.8), 0, 0, 0, 0},
            within(1e-6));
    assertThat(newtonSchulz(0.6)).isBetween(0.65, 1.25);
  }

  private static double newtonSchulz(double singularValue) {
    double s = singularValue;
    for (int i = 0; i < 5; i++) {
      s = 3.4445 * s - 4.7750 * Math.pow(s, 3) + 2.0315 * Math.pow(s, 5);
    }
    return s;
  }

  @Test
  void muonCanNormaliseItsWeights() {
    Parameter row = weight("m", 3, 4);
    new Muon(List.of(row), TENTH).normalizingWeights().step(List.of(row(0, 0)));
    assertThat(Values.of(row)).containsExactly(new double[] {0.6, 0.8}, within(1e-6));
  }

  @Test
  void muonRefusesBiases() {
    Parameter bias =
        new Parameter(
            "fc.bias",
            Parameter.Role.BIAS,
            Tensor.of(Values.BACKEND, new double[3], 3).requiresGrad());
    assertThatThrownBy(() -> new Muon(List.of(bias), TENTH))
        .hasMessageStartingWith("Muon: fc.bias [3] is no matrix");
  }

  @Test
  void groupsTreatEachPartTheirWay() {
    OptimizerGroup group = new OptimizerGroup(new Sgd(List.of(w), TENTH), new Sgd(List.of(v), 1));
    group.step(List.of(row(1, 1), row(2)));
    assertWeights(0.9, -2.1);
    assertThat(Values.of(v)).containsExactly(3);
    assertThatThrownBy(
            () -> new OptimizerGroup(new Sgd(List.of(w), TENTH), new Sgd(List.of(w), TENTH)))
        .hasMessage("optimiser group: w is there twice; give it once");
  }

  static List<Function<List<Parameter>, Optimizer>> kinds() {
    LearningRate falling = LearningRate.linear(0.1, 0, 10);
    return List.of(
        p -> new Sgd(p, falling),
        p -> new Sgd(p, falling).momentum(0.9).nesterov(),
        p -> new AdamW(p, falling),
        p -> new RmsProp(p, falling).momentum(0.9),
        p -> new Adagrad(p, falling),
        p -> new Muon(p, falling),
        p -> new OptimizerGroup(new Muon(p, falling)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void goesOnFromItsStateBitForBit(Function<List<Parameter>, Optimizer> kind) {
    double[][] gradients = {{1, 2}, {-3, 0.5}, {0.1, 7}, {2, 2}};
    Optimizer whole = kind.apply(List.of(w));
    steps(whole, gradients);

    Parameter copy = weight("w", 1, -2);
    Optimizer first = kind.apply(List.of(copy));
    steps(first, gradients[0], gradients[1]);
    StateDict state = first.state();
    Optimizer second = kind.apply(List.of(copy));
    second.restore(state);
    steps(second, gradients[2], gradients[3]);

    assertThat(Values.of(copy)).isEqualTo(Values.of(w));
    assertThat(second.steps()).isEqualTo(4);
    assertThat(second.state()).isEqualTo(whole.state());
  }

  @Test
  void aStateOfAnotherKindIsRefused() {
    Optimizer adam = new Adam(List.of(w), TENTH);
    steps(adam, new double[] {1, 2});
    StateDict state = adam.state();
    assertThatThrownBy(() -> new Sgd(List.of(w), TENTH).momentum(0.9).restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("w.velocity")
        .hasMessageContaining("w.mean");
  }

  @Test
  void aStateOfAnotherGroupIsRefused() {
    OptimizerGroup two = new OptimizerGroup(new Sgd(List.of(w), TENTH), new Sgd(List.of(v), TENTH));
    assertThatThrownBy(() -> new OptimizerGroup(new Sgd(List.of(w), TENTH)).restore(two.state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a group of 1 optimisers: 1 unexpected: 1.step []");
  }

  @Test
  void frozenParametersNeedNoGradient() {
    Linear model = new Linear(1, 1);
    model.init(Values.BACKEND, DType.FLOAT64, Rng.seeded(3));
    Optimizer adam = new AdamW(model.parameters(), 0.1).decayingAll();
    List<double[]> before = model.parameters().stream().map(Values::of).toList();
    model.freeze();
    Tensor y = row(1).requiresGrad();
    adam.step(Gradients.of(y, y)); // of no parameter
    assertThat(model.parameters().stream().map(Values::of).toList())
        .containsExactlyElementsOf(before);
    assertThat(adam.state().names()).containsExactly("step");
    assertThat(adam.steps()).isEqualTo(1);
  }

  @Test
  void settingsAreFixedByTheFirstStep() {
    Sgd sgd = new Sgd(List.of(w), TENTH);
    steps(sgd, new double[] {1, 2});
    assertThatThrownBy(() -> sgd.momentum(0.9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Sgd: settings can only be changed before the first step");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Sgd(List.of(), TENTH)).hasMessageContaining("no parameters");
    assertThatThrownBy(() -> new Sgd(List.of(w), TENTH).momentum(1))
        .hasMessage("Sgd: momentum must be at least 0 and below 1, is 1.0");
    assertThatThrownBy(() -> new Sgd(List.of(w), TENTH).momentum(0.9).nesterov().dampening(0.1))
        .hasMessage("Sgd: Nesterov's momentum has no dampening");
    assertThatThrownBy(() -> new NAdam(List.of(w), TENTH).betas(0.9, 1))
        .hasMessage("NAdam: beta2 must be at least 0 and below 1, is 1.0");
    assertThatThrownBy(() -> LearningRate.constant(Double.NaN))
        .hasMessage("learning rate: must be above 0, is NaN");
  }
}
