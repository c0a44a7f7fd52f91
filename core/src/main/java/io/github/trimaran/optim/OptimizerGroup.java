package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several optimisers as one, each for some of the parameters: Muon for weights and SGD for the
 * rest, or one kind with several rates. Learning rate and steps are told of the first.
 */
public final class OptimizerGroup implements Optimizer {

  private final List<Optimizer> members;
  private final List<Parameter> parameters = new ArrayList<>();

  /** These optimisers, of which no two change the same parameter. */
  public OptimizerGroup(Optimizer... members) {
    if (members.length == 0) {
      throw new IllegalArgumentException("optimiser group: needs at least one member");
    }
    this.members = List.of(members);
    for (Optimizer member : members) {
      for (Parameter parameter : member.parameters()) {
        if (parameters.stream().anyMatch(other -> other.name().equals(parameter.name()))) {
          throw new IllegalArgumentException(
              "optimiser group: two members change " + parameter.name());
        }
      }
      parameters.addAll(member.parameters());
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  @Override
  public void step(List<Tensor> gradients) {
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
    for (int i = 0; i < members.size(); i++) {
      String prefix = i + ".";
      Map<String, HostArray> values = new LinkedHashMap<>();
      state
          .arrays()
          .forEach(
              (name, array) -> {
                if (name.startsWith(prefix)) {
                  values.put(name.substring(prefix.length()), array);
                }
              });
      members.get(i).restore(StateDict.of(values));
    }
  }

  @Override
  public void close() {
    members.forEach(Optimizer::close);
  }
}
