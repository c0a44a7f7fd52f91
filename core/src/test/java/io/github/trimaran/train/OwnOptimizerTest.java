package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.AbstractOptimizer;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An optimiser of another package can treat its parameters together. */
class OwnOptimizerTest {

  private static final class Together extends AbstractOptimizer<Together> {
    private final List<Integer> sizes = new ArrayList<>();

    Together(List<Parameter> parameters, LearningRate rate) {
      super(parameters, rate);
    }

    private Together(Together other) {
      super(other);
    }

    @Override
    protected Together copy() {
      return new Together(this);
    }

    @Override
    protected void update(Parameter parameter, Tensor gradient, Turn turn) {
      updateAll(List.of(new Update(parameter, gradient, turn)));
    }

    @Override
    protected void updateAll(List<Update> updates) {
      sizes.add(updates.size());
      for (Update each : updates) {
        move(each.parameter(), each.gradient().mul(each.turn().rate()), each.turn());
      }
    }
  }

  private static Parameter parameter(String name, double value) {
    Tensor tensor = Tensor.of(new NaiveBackend(), new double[] {value}, 1);
    return new Parameter(name, Parameter.Role.WEIGHT, tensor.requiresGrad());
  }

  @Test
  void allAreUpdatedInOneCall() {
    List<Parameter> parameters = List.of(parameter("a", 1), parameter("b", 2));
    Together together = new Together(parameters, LearningRate.constant(0.5));
    together.step(
        Parameter.tensors(parameters).stream().map(t -> t.detach().mul(0).add(1)).toList());
    assertThat(together.sizes).containsExactly(2);
    assertThat(parameters.get(0).tensor().item()).isEqualTo(0.5);
    assertThat(parameters.get(1).tensor().item()).isEqualTo(1.5);
  }
}
