package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Model;
import io.github.trimaran.onnx.file.ElementType;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The graph of a model's function: it runs once for each set of extents on a backend that records,
 * and computes nothing but shapes and constants.
 *
 * <pre>{@code
 * Graph graph = new GraphOf(model, function, List.of(), 23)
 *     .graph(Map.of("images", HostArray.zeros(Shape.of(1, 3, 32, 32), DType.FLOAT32)), Map.of());
 * }</pre>
 */
public final class GraphOf {

  private static final int BATCH = 5;
  private static final int OTHER_BATCH = 7;

  private final Model model;
  private final UnaryOperator<Map<String, Tensor>> function;
  private final List<FreeAxis> free;
  private final int opset;
  private final Map<String, HostArray> weights = new HashMap<>();

  /**
   * Of a function of a model.
   *
   * @param function from inputs to outputs, each by name, which uses the model
   * @param free the axes whose extents are to be free
   */
  public GraphOf(
      Model model, UnaryOperator<Map<String, Tensor>> function, List<FreeAxis> free, int opset) {
    this.model = model;
    this.function = function;
    this.free = free;
    this.opset = opset;
  }

  /**
   * Records it.
   *
   * @param examples an array of the type and shape of each input; their values do not matter
   * @throws IllegalArgumentException if it cannot be written as a graph, with the reason and the
   *     part of the model
   */
  public Graph graph(Map<String, HostArray> examples, Map<String, String> metadata) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the export to ONNX")) {
      return recorded(examples, metadata);
    }
  }

  // ---- runs -----------------------------------------------------------------------------------

  /** One recorded run. */
  private record Run(
      Recording recording, Map<String, Traced> inputs, Map<String, Traced> outputs) {}

  /** The extents of the free axes in each run: each differs in one, and in the last all do. */
  private List<int[]> extents(Map<String, HostArray> examples) {
    int[] base = new int[free.size()];
    int[] other = new int[free.size()];
    for (int i = 0; i < base.length; i++) {
      FreeAxis axis = free.get(i);
      Map.Entry<String, Integer> first = axis.axes().entrySet().iterator().next();
      int example = examples.get(first.getKey()).shape().dim(first.getValue());
      if (axis.bounded() && example < 3) {
        throw new IllegalArgumentException(
            "onnx: the free axis '"
                + axis.name()
                + "' needs an example as long as it may get, at least 3, is "
                + example);
      }
      base[i] = axis.bounded() ? example : BATCH + 6 * i;
      other[i] = axis.bounded() ? example - 1 : OTHER_BATCH + 6 * i;
    }
    List<int[]> runs = new ArrayList<>();
    runs.add(base);
    for (int i = 0; i < base.length; i++) {
      int[] one = base.clone();
      one[i] = other[i];
      runs.add(one);
    }
    if (base.length > 1) {
      runs.add(other);
    }
    return runs;
  }

  private Run run(Map<String, HostArray> examples, int... extents) {
    Recording recording = new Recording(model.backend(), opset);
    Map<String, Tensor> given = new LinkedHashMap<>();
    Map<String, Traced> inputs = new LinkedHashMap<>();
    examples.forEach(
        (name, example) -> {
          Shape shape = example.shape();
          for (int i = 0; i < extents.length; i++) {
            Integer axis = free.get(i).axes().get(name);
            shape = axis == null ? shape : shape.with(axis, extents[i]);
          }
          HostArray values = HostArray.zeros(shape, example.dtype());
          Tensor tensor = recording.named(Traced.Kind.INPUT, name, values);
          given.put(name, tensor);
          inputs.put(name, recording.traced(tensor));
        });
    Map<String, Tensor> found =
        model.with(
            recording.backend(),
            (name, value) ->
                recording.named(
                    Traced.Kind.WEIGHT,
                    name,
                    weights.computeIfAbsent(name, path -> value.toHost())),
            () -> function.apply(given));
    requireNames(inputs.keySet(), found == null ? Set.of() : found.keySet());
    Map<String, Traced> outputs = new LinkedHashMap<>();
    found.forEach((name, tensor) -> outputs.put(name, recording.traced(tensor)));
    return new Run(recording, inputs, outputs);
  }

  /** In a file, inputs, outputs and weights have names of their own. */
  private void requireNames(Set<String> inputs, Set<String> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("onnx: the function gives no output");
    }
    for (String name : outputs) {
      if (inputs.contains(name)) {
        throw new IllegalArgumentException(
            "onnx: '" + name + "' is an input and an output; give one of them another name");
      }
    }
    for (String name : Stream.concat(inputs.stream(), outputs.stream()).toList()) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("onnx: an input or output has no name");
      }
      if (weights.containsKey(name)) {
        throw new IllegalArgumentException(
            "onnx: '"
                + name
                + "' is the name of a weight of the model; give the input or output another");
      }
    }
  }

  // ---- the graph ------------------------------------------------------------------------------

  private Graph recorded(Map<String, HostArray> examples, Map<String, String> metadata) {
    List<Run> runs = new ArrayList<>();
    for (int[] extents : extents(examples)) {
      runs.add(run(examples, extents));
    }
    Merging merging = new Merging(runs.stream().map(Run::recording).toList());
    Map<String, Item> inputs = new LinkedHashMap<>();
    for (String name : examples.keySet()) {
      inputs.put(name, merging.item("", all(runs, run -> run.inputs().get(name))));
    }
    List<Call> calls = merging.calls();
    List<String> outputNames = List.copyOf(runs.get(0).outputs().keySet());
    List<Item> outputs = new ArrayList<>();
    for (String name : outputNames) {
      outputs.add(merging.item("", all(runs, run -> run.outputs().get(name))));
    }
    List<Call> needed = Simplification.of(calls, outputs, opset);
    return written(inputs, needed, outputNames, outputs, metadata);
  }

  private static Traced[] all(List<Run> runs, Function<Run, Traced> part) {
    return runs.stream().map(part).toArray(Traced[]::new);
  }

  private List<Symbol> symbols(Map<String, Item> inputs) {
    List<Symbol> symbols = new ArrayList<>();
    for (FreeAxis axis : free) {
      Map.Entry<String, Integer> first = axis.axes().entrySet().iterator().next();
      Item input = inputs.get(first.getKey());
      symbols.add(
          new Symbol(
              axis.name(),
              input,
              first.getValue(),
              input.extents(first.getValue()),
              axis.bounded()));
    }
    return symbols;
  }

  private Graph written(
      Map<String, Item> inputs,
      List<Call> calls,
      List<String> outputNames,
      List<Item> outputs,
      Map<String, String> metadata) {
    NodeList nodes = new NodeList();
    Lowering lowering = new Lowering(opset, nodes, symbols(inputs));
    inputs.forEach(
        (name, item) -> {
          nodes.reserve(name);
          lowering.name(item, name);
        });
    outputNames.forEach(nodes::reserve);
    weights.keySet().forEach(nodes::reserve);
    calls.forEach(lowering::add);

    Map<String, String> renamed = new HashMap<>();
    List<Port> ports = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Item item = outputs.get(i);
      String name = outputNames.get(i);
      String own = lowering.name(item);
      boolean free = item.kind() == Traced.Kind.RESULT && renamed.putIfAbsent(own, name) == null;
      if (!free) {
        nodes.add("Identity", "", List.of(own), List.of(name));
      }
      ports.add(port(name, item, lowering.sizes()));
    }
    List<Port> given = new ArrayList<>();
    inputs.forEach((name, item) -> given.add(port(name, item, lowering.sizes())));
    return new Graph(
        opset,
        nodes.nodes().stream().map(node -> renamed(node, renamed)).toList(),
        nodes.initialisers(),
        given,
        ports,
        metadata,
        List.of());
  }

  private static Node renamed(Node node, Map<String, String> names) {
    return new Node(
        node.name(),
        node.operator(),
        node.inputs().stream().map(name -> names.getOrDefault(name, name)).toList(),
        node.outputs().stream().map(name -> names.getOrDefault(name, name)).toList(),
        node.attributes());
  }

  private static Port port(String name, Item item, Sizes sizes) {
    List<String> extents = new ArrayList<>();
    for (int axis = 0; axis < item.rank(); axis++) {
      Extent extent = sizes.extent(item.extents(axis));
      extents.add(extent == null ? name + "_axis_" + axis : extent.toString());
    }
    return new Port(name, ElementType.of(item.dtype()), extents);
  }
}
