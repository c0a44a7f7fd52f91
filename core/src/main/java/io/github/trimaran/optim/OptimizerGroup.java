package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several optimisers as one, each for some of the parameters: one kind with a rate and a decay for
 * each group, as PyTorch's parameter groups, or several kinds.
 *
 * <pre>{@code
 * Optimizer optimizer =
 *     new OptimizerGroup(
 *         new Sgd(body.parameters(), 1e-3).momentum(0.9),
 *         new Sgd(head.parameters(), 1e-2).momentum(0.9).weightDecay(1e-4));
 * }</pre>
 *
 * <p>Learning rate and steps are told of the first.
 */
public final class OptimizerGroup implements Optimizer {

  private static final String NAME = "optimiser group";

  private final List<Optimizer> members;
  private final List<Parameter> parameters;

  /**
   * These optimisers.
   *
   * @throws IllegalArgumentException if two change the same parameter
   */
  public OptimizerGroup(Optimizer... members) {
    if (members.length == 0) {
      throw new IllegalArgumentException(NAME + ": needs at least one member");
    }
    this.members = List.of(members);
    parameters = this.members.stream().flatMap(member -> member.parameters().stream()).toList();
    StateKeys.of(NAME, parameters); // refuses a parameter of two members
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public void step(List<Tensor> gradients) {
    FittingGradients.require(NAME, parameters, gradients);
    int from = 0;
    for (Optimizer member : members) {
      int to = from + member.parameters().size();
      member.step(gradients.subList(from, to));
      from = to;
    }
  }

  @Override
  public long steps() {
    return members.get(0).steps();
  }

  @Override
  public double learningRate() {
    return members.get(0).learningRate();
  }

  @Override
  public StateDict state() {
    Map<String, HostArray> values = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      String prefix = i + ".";
      members.get(i).state().arrays().forEach((name, array) -> values.put(prefix + name, array));
    }
    return StateDict.of(values);
  }

  @Override
  public void restore(StateDict state) {
    List<String> prefixes = IntStream.range(0, members.size()).mapToObj(i -> i + ".").toList();
    state
        .filter(name -> prefixes.stream().noneMatch(name::startsWith))
        .requireMatch("a group of " + members.size() + " optimisers", Map.of());
    List<StateDict> before = members.stream().map(Optimizer::state).toList();
    try {
      for (int i = 0; i < members.size(); i++) {
        String prefix = prefixes.get(i);
        members
            .get(i)
            .restore(
                state
                    .filter(name -> name.startsWith(prefix))
                    .rename(name -> name.substring(prefix.length())));
      }
    } catch (IllegalArgumentException e) {
      for (int i = 0; i < members.size(); i++) {
        members.get(i).restore(before.get(i));
      }
      throw e;
    }
  }

  @Override
  public void close() {
    members.forEach(Optimizer::close);
  }
}
