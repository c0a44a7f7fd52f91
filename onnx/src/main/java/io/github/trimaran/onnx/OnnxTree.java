package io.github.trimaran.onnx;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which initialisers of a graph are parameters, which are buffers and which constants, and the tree
 * of parts that their dotted names make.
 */
final class OnnxTree {

  /** What variables and further parts are declared in. */
  interface Branch {
    OnnxPart branch(String local);

    Variable leaf(String local, Parameter.Role role, Shape shape, Initializer values);
  }

  /** Inputs that are settings: what stands there is a constant, whatever its type. */
  private static final Map<String, Set<Integer>> SETTINGS =
      Map.of(
          "Resize", Set.of(1, 2, 3),
          "Upsample", Set.of(1),
          "Clip", Set.of(1, 2),
          "Pad", Set.of(1, 2, 3),
          "Dropout", Set.of(1, 2),
          "Range", Set.of(0, 1, 2),
          "OneHot", Set.of(1, 2));

  /** A node that takes a value, and as which of its inputs. */
  private record Use(Node node, int input) {}

  private final Branch root;
  private final Map<String, List<Use>> uses = new HashMap<>();
  private final Map<String, Variable> variables = new HashMap<>();
  private final Map<String, HostArray> constants = new HashMap<>();
  private final Map<String, OnnxPart> branches = new HashMap<>();
  private final Map<String, List<OnnxPart>> paths = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Declares what the graph has in the root of a model. */
  OnnxTree(Branch root, Graph graph) {
    this.root = root;
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        uses.computeIfAbsent(node.inputs().get(i), name -> new ArrayList<>()).add(new Use(node, i));
      }
    }
    graph
        .initialisers()
        .forEach(
            (name, values) -> {
              if (isTrained(name, values)) {
                declare(name, values);
              } else {
                constants.put(name, values);
              }
            });
  }

  /** Floats with an axis, of which some use is none as a setting: numbers of code have no axis. */
  private boolean isTrained(String name, HostArray values) {
    return values.dtype().isFloating()
        && values.shape().rank() > 0
        && uses.getOrDefault(name, List.of()).stream()
            .anyMatch(
                use ->
                    !SETTINGS.getOrDefault(use.node().operator(), Set.of()).contains(use.input()));
  }

  private Parameter.Role role(String name, HostArray values) {
    for (Use use : uses.get(name)) {
      String operator = use.node().operator();
      if (operator.equals("BatchNormalization") && use.input() >= 3) {
        return null;
      } else if (operator.endsWith("Normalization")) {
        return Parameter.Role.NORM;
      } else if (List.of("RNN", "GRU", "LSTM").contains(operator) && use.input() == 3) {
        return Parameter.Role.BIAS;
      }
    }
    return values.shape().rank() > 1 ? Parameter.Role.WEIGHT : Parameter.Role.BIAS;
  }

  private void declare(String name, HostArray values) {
    String path = path(name);
    int dot = path.lastIndexOf('.');
    List<OnnxPart> parts = new ArrayList<>();
    Branch owner = dot < 0 ? root : branch(path.substring(0, dot), parts);
    Initializer initial = (shape, rng) -> values.to(DType.FLOAT64).doubles();
    Variable variable =
        owner.leaf(path.substring(dot + 1), role(name, values), values.shape(), initial);
    variables.put(name, variable);
    names.put(name, path);
    paths.put(name, List.copyOf(parts));
  }

  /**
   * The name as a path of parts. One that is no path, or that would be a part and a value at once,
   * loses its dots and slashes, and gets a number if it is another's then.
   */
  private String path(String name) {
    boolean sound =
        name.indexOf('/') < 0
            && !name.startsWith(".")
            && !name.endsWith(".")
            && !name.contains("..")
            && !name.isEmpty()
            && isFree(name);
    String flat = name.isEmpty() ? "unnamed" : name.replace('.', '_').replace('/', '_');
    String path = sound ? name : flat;
    for (int i = 2; !isFree(path); i++) {
      path = flat + "_" + i;
    }
    taken.add(path);
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      taken.add(path.substring(0, dot) + ".");
    }
    return path;
  }

  /** Whether no value has the name, no part is called so, and no part of it is a value's. */
  private boolean isFree(String path) {
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (taken.contains(path.substring(0, dot))) {
        return false;
      }
    }
    return !taken.contains(path) && !taken.contains(path + ".");
  }

  private OnnxPart branch(String path, List<OnnxPart> parts) {
    int dot = path.lastIndexOf('.');
    Branch above = dot < 0 ? root : branch(path.substring(0, dot), parts);
    OnnxPart part = branches.get(path);
    if (part == null) {
      part = above.branch(path.substring(dot + 1));
      branches.put(path, part);
    }
    parts.add(part);
    return part;
  }

  /** The parameters and buffers by the names that the file has for them. */
  Map<String, Variable> variables() {
    return variables;
  }

  /** The dotted names in the model by the names that the file has. */
  Map<String, String> names() {
    return names;
  }

  Map<String, HostArray> constants() {
    return constants;
  }

  /** Computes as the part that the node's first parameter belongs to. */
  <T> T within(Node node, Mode mode, Supplier<T> computation) {
    List<OnnxPart> parts = List.of();
    for (String input : node.inputs()) {
      if (paths.containsKey(input)) {
        parts = paths.get(input);
        break;
      }
    }
    Supplier<T> inner = computation;
    for (int i = parts.size() - 1; i >= 0; i--) {
      OnnxPart part = parts.get(i);
      Supplier<T> next = inner;
      inner = () -> part.within(mode, next);
    }
    return inner.get();
  }
}
