package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Parts of two models have parameters of the same names, as an encoder and a decoder do. */
class ParametersOfSeveralModelsTest {

  private final Parameter encoder = Values.weight("0.weight", 1);
  private final Parameter decoder = Values.weight("0.weight", 2, 4);

  private Sgd sgd() {
    return new Sgd(List.of(encoder, decoder), 0.1).momentum(0.5);
  }

  private static List<Tensor> gradients(double first, double second) {
    return List.of(Values.row(first), Values.row(second, 0));
  }

  @Test
  void eachHasItsOwnMemory() {
    Sgd sgd = sgd();
    sgd.step(gradients(1, -1));
    sgd.step(gradients(1, 3));
    // Velocities 1, 1.5 and -1, 2.5.
    assertThat(Values.of(encoder)).containsExactly(new double[] {0.75}, within(1e-12));
    assertThat(Values.of(decoder)).containsExactly(new double[] {1.85, 4}, within(1e-12));
  }

  @Test
  void bothAreSaved() {
    Sgd first = sgd();
    first.step(gradients(1, -1));
    StateDict state = first.state();
    assertThat(state.arrays()).containsKeys("0.weight.step", "0.weight#2.step");
    Sgd second = sgd();
    second.restore(state);
    second.step(gradients(1, 3));
    assertThat(Values.of(encoder)).containsExactly(new double[] {0.75}, within(1e-12));
    assertThat(Values.of(decoder)).containsExactly(new double[] {1.85, 4}, within(1e-12));
  }

  @Test
  void partsOfOneModelMayHaveDifferentRates() {
    Sequential body = new Sequential(new Linear(2, 2));
    Sequential head = new Sequential(new Linear(2, 2));
    Sequential net = new Sequential(body, head);
    OptimizerGroup group =
        new OptimizerGroup(new Sgd(body.parameters(), 1e-3), new Sgd(head.parameters(), 1e-2));
    net.init(Values.BACKEND, DType.FLOAT64, Rng.seeded(1));
    double[] before = net.parameters().get(2).tensor().toDoubles();
    group.step(
        group.parameters().stream()
            .map(p -> Tensor.full(Values.BACKEND, p.tensor().shape(), DType.FLOAT64, 1))
            .toList());
    double[] after = net.parameters().get(2).tensor().toDoubles();
    assertThat(before[0] - after[0]).isCloseTo(1e-2, within(1e-12));
    assertThatThrownBy(
            () -> new OptimizerGroup(new Sgd(net.parameters(), 1), new Sgd(head.parameters(), 1)))
        .hasMessage(
            "optimiser group: 1.0.weight, also called 0.weight, is there twice; give it once");
    net.close();
  }

  @Test
  void aParameterIsGivenOnce() {
    List<Parameter> twice = Stream.of(encoder, decoder, encoder).toList();
    assertThatThrownBy(() -> new Adam(twice, 1e-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam: 0.weight is there twice; give it once");
  }

  @Test
  void aGradientThatDoesNotFitChangesNothing() {
    Adam adam = new Adam(List.of(encoder, decoder), 1e-3);
    assertThatThrownBy(() -> adam.step(List.of(Values.row(1), Values.row(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam: 0.weight is [1, 2], its gradient [1, 1]");
    assertThat(adam.state().arrays()).containsOnlyKeys("step");
    assertThat(Values.of(encoder)).containsExactly(1);
  }

  @Test
  void aGroupIsSteppedWholeOrNotAtAll() {
    OptimizerGroup group =
        new OptimizerGroup(new Sgd(List.of(encoder), 0.1), new Sgd(List.of(decoder), 0.1));
    assertThatThrownBy(() -> group.step(List.of(Values.row(1), Values.row(1))))
        .hasMessage("optimiser group: 0.weight is [1, 2], its gradient [1, 1]");
    assertThatThrownBy(() -> group.step(List.of(Values.row(1))))
        .hasMessage("optimiser group: 1 gradients for 2 parameters");
    Tensor single = Values.row(1, 2).to(DType.FLOAT32);
    assertThatThrownBy(() -> group.step(List.of(Values.row(1), single)))
        .hasMessage("optimiser group: 0.weight is float64, its gradient float32");
    assertThatThrownBy(() -> group.step(Arrays.asList(Values.row(1), null)))
        .hasMessageStartingWith("optimiser group: 0.weight has no gradient");
    assertThat(Values.of(encoder)).containsExactly(1);
    assertThat(group.steps()).isZero();
  }

  @Test
  void aGroupIsRestoredWholeOrNotAtAll() {
    OptimizerGroup group =
        new OptimizerGroup(
            new Sgd(List.of(encoder), 0.1).momentum(0.5),
            new Sgd(List.of(decoder), 0.1).momentum(0.5));
    StateDict start = group.state();
    Parameter other = Values.weight("0.weight", 1, 2, 3);
    OptimizerGroup wrong =
        new OptimizerGroup(
            new Sgd(List.of(encoder), 0.1).momentum(0.5),
            new Sgd(List.of(other), 0.1).momentum(0.5));
    wrong.step(List.of(Values.row(1), Values.row(1, 1, 1)));
    assertThatThrownBy(() -> group.restore(wrong.state()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(group.state()).isEqualTo(start);
  }

  @Test
  void namesThatLookLikeNumberedOnesStayApart() {
    List<Parameter> three =
        List.of(Values.weight("w#2", 1), Values.weight("w", 2), Values.weight("w", 3));
    Sgd sgd = new Sgd(three, 0.1).momentum(0.5);
    sgd.step(List.of(Values.row(1), Values.row(2), Values.row(3)));
    assertThat(sgd.state().arrays()).containsKeys("w#2.velocity", "w.velocity", "w#3.velocity");
  }

  @Test
  void modelsMayBeInitialisedLater() {
    Linear layer = new Linear(2, 2).withoutBias();
    try (Muon muon = new Muon(layer.parameters(), 0.1)) {
      Tensor gradient = Tensor.full(Values.BACKEND, Shape.of(2, 2), DType.FLOAT64, 1);
      assertThatThrownBy(() -> muon.step(List.of(gradient)))
          .hasMessage("Muon: weight has no value yet; initialise its model first");
      layer.init(Values.BACKEND, DType.FLOAT64, Rng.seeded(1));
      muon.step(List.of(gradient));
      assertThat(muon.steps()).isEqualTo(1);
    }
    layer.close();
  }
}
