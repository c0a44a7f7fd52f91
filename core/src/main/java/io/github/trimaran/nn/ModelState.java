package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters and buffers of a model under their dotted names, each once though it be tied. */
final class ModelState {

  private final Map<String, Variable> variables = new LinkedHashMap<>();

  /** The further names of tied values, with the name that the value is saved under. */
  private final Map<String, String> ties = new LinkedHashMap<>();

  ModelState(Model model) {
    Map<Variable, String> first = new IdentityHashMap<>();
    model.forEachPart(
        "",
        (prefix, part) ->
            part.variables()
                .forEach(
                    (local, declared) -> {
                      Variable variable = declared.shared();
                      String path = prefix + local;
                      String earlier = first.putIfAbsent(variable, path);
                      if (earlier == null) {
                        variables.put(path, variable);
                      } else {
                        ties.put(path, earlier);
                      }
                    }));
  }

  Map<String, Variable> variables() {
    return variables;
  }

  List<Parameter> parameters() {
    List<Parameter> found = new ArrayList<>();
    variables.forEach(
        (path, variable) -> {
          if (variable.isTrained()) {
            found.add(new Parameter(path, variable));
          }
        });
    return found;
  }

  Map<String, Tensor> buffers() {
    Map<String, Tensor> found = new LinkedHashMap<>();
    variables.forEach(
        (path, variable) -> {
          if (!variable.isTrained()) {
            found.put(path, variable.tensor());
          }
        });
    return found;
  }

  Map<String, String> ties() {
    return ties;
  }

  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    variables.forEach((path, variable) -> shapes.put(path, variable.shape()));
    return shapes;
  }

  StateDict toDict() {
    Map<String, HostArray> values = new LinkedHashMap<>();
    variables.forEach((path, variable) -> values.put(path, variable.tensor().toHost()));
    return StateDict.of(values);
  }

  /** Saved values under the names that tied ones are saved under here; repetitions are left out. */
  StateDict withoutTies(StateDict values) {
    if (ties.isEmpty()) {
      return values;
    }
    Map<String, HostArray> once = new LinkedHashMap<>();
    values
        .arrays()
        .forEach((path, array) -> once.putIfAbsent(ties.getOrDefault(path, path), array));
    return StateDict.of(once, values.metadata());
  }

  /** The same with 0 for counts that are not among them: older files have none. */
  StateDict complete(StateDict values) {
    Map<String, HostArray> all = new LinkedHashMap<>(withoutTies(values).arrays());
    variables.forEach(
        (path, variable) -> {
          if (variable.isCounter()) {
            all.computeIfAbsent(path, p -> HostArray.zeros(variable.shape(), DType.INT64));
          }
        });
    return StateDict.of(all, values.metadata());
  }

  void load(StateDict values) {
    variables.forEach((path, variable) -> variable.assign(values.get(path)));
  }

  LoadReport loadMatching(StateDict values) {
    List<String> loaded = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> otherShape = new ArrayList<>();
    variables.forEach(
        (path, variable) -> {
          if (!values.contains(path)) {
            if (!variable.isCounter()) {
              missing.add(path);
            }
          } else if (!values.get(path).shape().equals(variable.shape())) {
            otherShape.add(
                path + " " + values.get(path).shape() + " instead of " + variable.shape());
          } else {
            variable.assign(values.get(path));
            loaded.add(path);
          }
        });
    List<String> unexpected =
        values.names().stream().filter(path -> !variables.containsKey(path)).toList();
    return new LoadReport(loaded, missing, unexpected, otherShape);
  }

  void freezeLike(ModelState other) {
    variables.forEach((path, variable) -> variable.setFrozen(other.variables.get(path).isFrozen()));
  }
}
