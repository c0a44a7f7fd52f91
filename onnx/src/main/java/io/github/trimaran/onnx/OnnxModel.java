package io.github.trimaran.onnx;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.onnx.ops.Call;
import io.github.trimaran.onnx.ops.Operators;
import io.github.trimaran.onnx.ops.Value;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network from an ONNX file: a model like any other, which runs, differentiates, trains and is
 * saved on every backend.
 *
 * <pre>{@code
 * OnnxModel model = Onnx.read(Path.of("detector.onnx"));
 * model.init(backend, DType.FLOAT32, Rng.seeded(29));       // the file's weights: nothing is drawn
 * OnnxOutputs found = model.forward(Map.of("image", x, "size", size), Mode.EVAL);
 * Tensor boxes = found.get("boxes");
 * }</pre>
 *
 * <p>The float initialisers of the file are its parameters, under their names there; those with
 * dots are in parts, so that {@code model.part("layer1").freeze()} keeps a part from training.
 * Running means and variances are buffers. Numbers without an axis, integers and what only sets an
 * operator are constants. All floats are of the dtype that the model is initialised with, whatever
 * the file has; all integers are INT64.
 *
 * <p>With one input it is a layer: {@link #forward(Tensor)} gives the first output. In training,
 * dropout drops; batch norms go on using their running statistics, as the graph says.
 */
public final class OnnxModel extends Layer {

  /** So many names are listed in an error. */
  private static final int MOST_NAMES = 20;

  private final Graph graph;
  private final OnnxTree tree;
  private final Rectified rectified;

  OnnxModel(Graph graph) {
    this.graph = graph;
    this.tree = new OnnxTree(new Root(), graph);
    this.rectified = new Rectified(graph);
  }

  /** Where names without dots are declared, and the outermost parts. */
  private final class Root implements OnnxTree.Branch {

    @Override
    public OnnxPart branch(String local) {
      return child(local, new OnnxPart());
    }

    @Override
    public Variable leaf(String local, Parameter.Role role, Shape shape, Initializer values) {
      return role == null ? buffer(local, shape, values) : parameter(local, role, shape, values);
    }
  }

  // ---- what it is -----------------------------------------------------------------------------

  /** What must be given. */
  public List<Port> inputs() {
    return graph.inputs();
  }

  /** What it gives. */
  public List<Port> outputs() {
    return graph.outputs();
  }

  /** The operations in the order they are computed in. */
  public List<Node> nodes() {
    return graph.nodes();
  }

  /** The version of ONNX's operators that it was written for. */
  public int opset() {
    return graph.opset();
  }

  /** The notes of the file. */
  public Map<String, String> metadata() {
    return graph.metadata();
  }

  @Override
  protected String describe() {
    return graph.inputs() + " to " + graph.outputs() + ", opset " + graph.opset();
  }

  /** Keeps from training what the file has under names that begin so. */
  void freezeNamed(List<String> beginnings) {
    for (String beginning : beginnings) {
      Set<String> paths = new HashSet<>();
      tree.names()
          .forEach(
              (name, path) -> {
                if (name.startsWith(beginning)) {
                  paths.add(path);
                }
              });
      if (paths.isEmpty() && !beginning.isEmpty()) {
        throw error(
            "nothing to freeze begins with '"
                + Printable.of(beginning)
                + "'; there are "
                + some(List.copyOf(tree.names().keySet())));
      }
      freeze(paths::contains);
    }
  }

  /** For an error: the first names, and how many more there are. */
  private static String some(List<String> names) {
    return Printable.of(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))))
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
  }

  // ---- its function ---------------------------------------------------------------------------

  /**
   * Computes all outputs.
   *
   * @param inputs a tensor for each input, by name
   * @throws IllegalArgumentException if inputs are missing or do not fit, or a node's shapes do not
   *     fit together, naming the node
   */
  public OnnxOutputs forward(Map<String, Tensor> inputs, Mode mode) {
    return run(mode, () -> outputs(inputs, mode));
  }

  /**
   * Values inside the graph, such as feature maps; nothing behind the last of them is computed.
   *
   * @param inputs a tensor for each input, by name
   * @param names of values: each node's outputs have theirs
   * @return by name, in the order asked for
   * @throws IllegalArgumentException if the graph has no value of a name
   */
  public Map<String, Tensor> values(
      Map<String, Tensor> inputs, Collection<String> names, Mode mode) {
    Set<String> wanted = new LinkedHashSet<>(names);
    List<String> known = graph.nodes().stream().flatMap(node -> node.outputs().stream()).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw error("no value '" + name + "' inside; there are " + some(known));
      }
    }
    return run(mode, () -> new OnnxOutputs(tensors(computed(inputs, mode, wanted), wanted)))
        .byName();
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (graph.inputs().size() != 1) {
      throw error("has the inputs " + graph.inputs() + "; give them by name");
    }
    return outputs(Map.of(graph.inputs().get(0).name(), x), mode).tensors().get(0);
  }

  private OnnxOutputs outputs(Map<String, Tensor> inputs, Mode mode) {
    List<String> names = graph.outputs().stream().map(Port::name).toList();
    return new OnnxOutputs(tensors(computed(inputs, mode, Set.of()), names));
  }

  private Map<String, Tensor> tensors(Map<String, Value> values, Collection<String> names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, values.get(name).tensor(backend(), dtype()));
    }
    return tensors;
  }

  /** All values, or those up to the last of some. */
  private Map<String, Value> computed(Map<String, Tensor> inputs, Mode mode, Set<String> wanted) {
    Map<String, Value> values = new HashMap<>();
    for (Port port : graph.inputs()) {
      values.put(port.name(), Value.of(checked(port, inputs.get(port.name()))));
    }
    tree.constants().forEach((name, array) -> values.put(name, Value.of(array)));
    tree.variables().forEach((name, variable) -> values.put(name, Value.of(variable.tensor())));
    boolean seen = mode.isObserved() || !wanted.isEmpty();
    for (Node node : graph.nodes()) {
      if (!seen && rectified.isAfter(node)) {
        continue;
      }
      Node relu = seen ? null : rectified.after(node);
      Value[] results =
          tree.within(node, mode, () -> computed(node, values, mode, relu != null)).values();
      for (int i = 0; i < results.length; i++) {
        values.put((relu == null ? node : relu).outputs().get(i), results[i]);
      }
      if (!wanted.isEmpty() && values.keySet().containsAll(wanted)) {
        break;
      }
    }
    return values;
  }

  private Tensor checked(Port port, Tensor given) {
    if (given == null) {
      throw error("input " + port + " is missing");
    }
    boolean fits =
        port.type().kind().isFloating()
            ? given.dtype() == dtype()
            : given.dtype() == port.type().kind();
    boolean ranked = port.extents() == null || port.extents().size() == given.shape().rank();
    if (!fits || !ranked) {
      throw error("input " + port + " does not fit " + given.describe());
    }
    return given;
  }

  /** What a node gives, as observers of its part see it. */
  private record Results(Value[] values, List<Tensor> tensors) implements Model.Outputs {}

  private Results computed(Node node, Map<String, Value> values, Mode mode, boolean relu) {
    List<Value> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(input.isEmpty() ? null : values.get(input));
    }
    Call call = new Call(node, inputs, graph.opset(), backend(), dtype(), mode, relu);
    try {
      Value[] results = Operators.find(node.operator()).orElseThrow().run(call);
      return new Results(results, mode.isObserved() ? tensors(results) : List.of());
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("node '" + node.name() + "': " + e.getMessage(), e);
    }
  }

  private List<Tensor> tensors(Value... results) {
    return Arrays.stream(results)
        .filter(Objects::nonNull)
        .map(value -> value.tensor(backend(), dtype()))
        .toList();
  }
}
