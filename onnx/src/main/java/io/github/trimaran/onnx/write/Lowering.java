package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.file.Attribute;
import io.github.trimaran.onnx.file.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes operations as nodes of ONNX, of the version that is asked for. */
final class Lowering {

  /** Operators that take the same operands and have no settings. */
  private static final Map<String, String> ALIKE =
      Map.ofEntries(
          Map.entry("add", "Add"),
          Map.entry("sub", "Sub"),
          Map.entry("mul", "Mul"),
          Map.entry("div", "Div"),
          Map.entry("pow", "Pow"),
          Map.entry("maximum", "Max"),
          Map.entry("minimum", "Min"),
          Map.entry("neg", "Neg"),
          Map.entry("exp", "Exp"),
          Map.entry("log", "Log"),
          Map.entry("sqrt", "Sqrt"),
          Map.entry("sin", "Sin"),
          Map.entry("cos", "Cos"),
          Map.entry("tanh", "Tanh"),
          Map.entry("erf", "Erf"),
          Map.entry("abs", "Abs"),
          Map.entry("sign", "Sign"),
          Map.entry("relu", "Relu"),
          Map.entry("sigmoid", "Sigmoid"),
          Map.entry("greater", "Greater"),
          Map.entry("greaterEqual", "GreaterOrEqual"),
          Map.entry("equal", "Equal"),
          Map.entry("logicalAnd", "And"),
          Map.entry("logicalOr", "Or"),
          Map.entry("logicalNot", "Not"),
          Map.entry("where", "Where"),
          Map.entry("matmul", "MatMul"));

  private static final int REDUCTION_AXES_AS_INPUT = 18;
  private static final int SCATTER_ADDS = 16;

  private final int opset;
  private final NodeList nodes;
  private final Sizes sizes;
  private final Map<Item, String> names = new IdentityHashMap<>();
  private final WindowNodes windows;
  private final RecurrentNodes recurrent;

  /** The call whose operands are being named. */
  private Call current;

  Lowering(int opset, NodeList nodes, List<Symbol> symbols) {
    this.opset = opset;
    this.nodes = nodes;
    this.sizes = new Sizes(nodes, opset, symbols, this::name);
    this.windows = new WindowNodes(nodes, this::name);
    this.recurrent = new RecurrentNodes(nodes, this::name);
  }

  Sizes sizes() {
    return sizes;
  }

  /** Names what is given, or what an output is to be called. */
  void name(Item item, String name) {
    names.put(item, name);
  }

  /** The name of an operand. */
  String name(Item item) {
    String known = names.get(item);
    if (known != null) {
      return known;
    }
    String name =
        switch (item.kind()) {
          case WEIGHT -> nodes.weight(item.name(), item.value(0));
          case CONSTANT -> constant(item);
          case INPUT, RESULT -> throw current.error("takes what no operation gives");
        };
    names.put(item, name);
    return name;
  }

  private String constant(Item item) {
    for (int run = 1; run < item.runs(); run++) {
      if (!item.value(run).equals(item.value(0))) {
        return sizes.constant(current, item);
      }
    }
    return nodes.constant(item.value(0));
  }

  /** Writes an operation. */
  void add(Call call) {
    current = call;
    String operator = ALIKE.get(call.operation());
    if (operator != null) {
      node(call, operator, names(call.operands()));
      return;
    }
    switch (call.operation()) {
      case "cast" ->
          node(
              call,
              "Cast",
              names(call.operands()),
              NodeList.attribute("to", (long) ElementType.of(call.result().dtype()).number()));
      case "sum" -> reduce(call, "ReduceSum", true);
      case "mean" -> reduce(call, "ReduceMean", opset >= REDUCTION_AXES_AS_INPUT);
      case "max" -> reduce(call, "ReduceMax", opset >= REDUCTION_AXES_AS_INPUT);
      case "argMax" ->
          node(
              call,
              "ArgMax",
              names(call.operands()),
              axis(call),
              NodeList.attribute("keepdims", 0L));
      case "argSort" -> argSort(call);
      case "broadcastTo" -> expand(call);
      case "reshape" -> reshape(call);
      case "permute" ->
          node(call, "Transpose", names(call.operands()), integers("perm", call.numbers(0)));
      case "flip" -> flip(call);
      case "slice" -> slice(call);
      case "pad" -> pad(call);
      case "concat" -> node(call, "Concat", names(call.operands()), axis(call));
      case "gather" -> node(call, "GatherElements", names(call.operands()), axis(call));
      case "take" -> node(call, "Gather", names(call.operands()), axis(call));
      case "scatterAdd" -> scatterAdd(call);
      case "cumSum" -> {
        String axis =
            nodes.constant(HostArray.of(new long[] {(Integer) call.setting(0)}, Shape.scalar()));
        node(call, "CumSum", List.of(name(call.operands().get(0)), axis));
      }
      case "softmax" -> node(call, "Softmax", names(call.operands()), axis(call));
      case "logSoftmax" -> node(call, "LogSoftmax", names(call.operands()), axis(call));
      case "gelu" ->
          node(call, "Gelu", names(call.operands()), NodeList.attribute("approximate", "tanh"));
      case "geluExact" ->
          node(call, "Gelu", names(call.operands()), NodeList.attribute("approximate", "none"));
      case "linear" -> node(call, "Gemm", names(call.operands()), NodeList.attribute("transB", 1L));
      case "batchNormalization" ->
          node(call, "BatchNormalization", names(call.operands()), epsilon(call, 0));
      case "layerNormalization" ->
          node(call, "LayerNormalization", names(call.operands()), axis(call), epsilon(call, 1));
      case "groupNorm" -> groupNorm(call);
      case "recurrent" -> {
        List<String> outputs = recurrent.add(call);
        for (int i = 0; i < outputs.size(); i++) {
          name(call.results().get(i), outputs.get(i));
        }
      }
      case "conv2d" -> name(call.result(), windows.conv(call));
      case "conv2dInputGrad" -> name(call.result(), windows.transposed(call));
      case "avgPool2d" -> name(call.result(), windows.averages(call));
      case "maxPool2d" -> name(call.result(), windows.maxima(call));
      case "maxPool2dIndices" -> name(call.result(), windows.places(call));
      default -> throw call.error("has no operator in ONNX");
    }
  }

  /** Of one channel a group it is instance normalisation, which older versions have too. */
  private void groupNorm(Call call) {
    Item x = call.operands().get(0);
    int groups = (Integer) call.setting(0);
    int channels = x.shape(0).dim(1);
    List<String> inputs = new ArrayList<>(names(call.operands()));
    for (int number = 1; inputs.size() < 3; number--) {
      HostArray all = HostArray.zeros(Shape.of(channels), x.dtype());
      for (int c = 0; c < channels; c++) {
        all.set(c, number);
      }
      inputs.add(nodes.constant(all));
    }
    if (groups == channels) {
      node(call, "InstanceNormalization", inputs, epsilon(call, 1));
    } else {
      Attribute number = NodeList.attribute("num_groups", (long) groups);
      node(call, "GroupNormalization", inputs, number, epsilon(call, 1));
    }
  }

  private List<String> names(List<Item> items) {
    return items.stream().map(this::name).toList();
  }

  /** Adds a node for a call of one result, which an output may have named already. */
  private void node(Call call, String operator, List<String> inputs, Attribute... attributes) {
    name(call.result(), nodes.add(operator, call.layer(), inputs, attributes));
  }

  private static Attribute axis(Call call) {
    return NodeList.attribute("axis", (long) (Integer) call.setting(0));
  }

  private static Attribute epsilon(Call call, int setting) {
    return NodeList.attribute("epsilon", ((Double) call.setting(setting)).floatValue());
  }

  private static Attribute integers(String name, int... values) {
    return NodeList.attribute(name, longs(values));
  }

  private static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  // ---- reductions and order -------------------------------------------------------------------

  private void reduce(Call call, String operator, boolean axesAsInput) {
    Item x = call.operands().get(0);
    long[] axes = longs(call.numbers(0));
    Attribute keep = NodeList.attribute("keepdims", call.result().rank() == x.rank() ? 1L : 0L);
    if (axesAsInput) {
      node(call, operator, List.of(name(x), nodes.integers(axes)), keep);
    } else {
      node(call, operator, names(call.operands()), NodeList.attribute("axes", axes), keep);
    }
  }

  /** All values from the smallest on; of equal ones the first comes first. */
  private void argSort(Call call) {
    Item x = call.operands().get(0);
    int axis = (Integer) call.setting(0);
    String count = sizes.vector(call, List.of(x.extents(axis)), x);
    String layer = call.layer();
    String values = nodes.fresh((layer.isEmpty() ? "" : layer + "/") + "TopK_values");
    String indices = nodes.fresh((layer.isEmpty() ? "" : layer + "/") + "TopK");
    nodes.add(
        "TopK",
        layer,
        List.of(name(x), count),
        List.of(values, indices),
        axis(call),
        NodeList.attribute("largest", 0L));
    name(call.result(), indices);
  }

  // ---- moves ----------------------------------------------------------------------------------

  private void expand(Call call) {
    Item x = call.operands().get(0);
    Item y = call.result();
    List<int[]> extents = new ArrayList<>();
    for (int axis = 0; axis < y.rank(); axis++) {
      int own = axis - (y.rank() - x.rank());
      boolean kept = own >= 0 && Arrays.equals(x.extents(own), y.extents(axis));
      extents.add(kept ? new int[] {1} : y.extents(axis));
    }
    node(call, "Expand", List.of(name(x), sizes.vector(call, extents, x)));
  }

  /** Extents that follow the free axes are kept, or left to follow from the others, if they can. */
  private void reshape(Call call) {
    Item x = call.operands().get(0);
    Item y = call.result();
    List<int[]> extents = new ArrayList<>();
    int open = 0;
    boolean empty = false;
    for (int axis = 0; axis < y.rank(); axis++) {
      int[] own = y.extents(axis);
      boolean fixed = Arrays.stream(own).distinct().count() == 1;
      boolean kept = !fixed && axis < x.rank() && Arrays.equals(x.extents(axis), own);
      empty |= own[0] == 0;
      open += fixed || kept ? 0 : 1;
      extents.add(kept ? new int[] {0} : own);
    }
    if (empty) {
      extents.clear();
      for (int axis = 0; axis < y.rank(); axis++) {
        extents.add(y.extents(axis));
      }
      String shape = sizes.vector(call, extents, x);
      node(call, "Reshape", List.of(name(x), shape), NodeList.attribute("allowzero", 1L));
      return;
    }
    if (open == 1) {
      extents.replaceAll(own -> Arrays.stream(own).distinct().count() == 1 ? own : new int[] {-1});
    }
    String shape = extents.isEmpty() ? nodes.integers() : sizes.vector(call, extents, x);
    node(call, "Reshape", List.of(name(x), shape));
  }

  private void flip(Call call) {
    int[] axes = call.numbers(0);
    long[] minusOnes = new long[axes.length];
    Arrays.fill(minusOnes, -1);
    long[] before = new long[axes.length];
    Arrays.fill(before, Long.MIN_VALUE);
    node(
        call,
        "Slice",
        List.of(
            name(call.operands().get(0)),
            nodes.integers(minusOnes),
            nodes.integers(before),
            nodes.integers(longs(axes)),
            nodes.integers(minusOnes)));
  }

  private void slice(Call call) {
    Item x = call.operands().get(0);
    List<int[]> starts = new ArrayList<>();
    List<int[]> ends = new ArrayList<>();
    List<Long> axes = new ArrayList<>();
    int[] steps = call.numbers(2);
    for (int axis = 0; axis < x.rank(); axis++) {
      int[] start = across(call, 0, axis);
      int[] end = across(call, 1, axis);
      boolean toTheEnd = Arrays.equals(end, x.extents(axis));
      boolean all = toTheEnd && steps[axis] == 1 && Arrays.stream(start).allMatch(s -> s == 0);
      if (!all) {
        starts.add(start);
        ends.add(toTheEnd ? new int[] {Integer.MAX_VALUE} : end);
        axes.add((long) axis);
      }
    }
    long[] along = axes.stream().mapToLong(Long::longValue).toArray();
    List<String> inputs = new ArrayList<>();
    inputs.add(name(x));
    inputs.add(sizes.vector(call, starts, x));
    inputs.add(sizes.vector(call, ends, x));
    inputs.add(nodes.integers(along));
    long[] strides = Arrays.stream(along).map(axis -> steps[(int) axis]).toArray();
    if (Arrays.stream(strides).anyMatch(step -> step != 1)) {
      inputs.add(nodes.integers(strides));
    }
    node(call, "Slice", inputs);
  }

  /** One number of an array in all runs. */
  private static int[] across(Call call, int setting, int index) {
    int[] numbers = new int[call.settings().length];
    Arrays.setAll(numbers, run -> call.numbers(setting, run)[index]);
    return numbers;
  }

  private void pad(Call call) {
    Item x = call.operands().get(0);
    List<int[]> pads = new ArrayList<>();
    for (int setting = 0; setting < 2; setting++) {
      for (int axis = 0; axis < x.rank(); axis++) {
        pads.add(across(call, setting, axis));
      }
    }
    HostArray value = HostArray.zeros(Shape.scalar(), x.dtype());
    value.set(0, (Double) call.setting(3));
    List<String> inputs = new ArrayList<>();
    inputs.add(name(x));
    inputs.add(sizes.vector(call, pads, x));
    if (value.get(0) != 0) {
      inputs.add(nodes.constant(value));
    }
    node(call, "Pad", inputs);
  }

  private void scatterAdd(Call call) {
    if (opset < SCATTER_ADDS) {
      throw new IllegalArgumentException(
          "onnx: opset " + opset + " cannot add up at indices (scatterAdd); take 16 or newer");
    }
    Item values = call.operands().get(0);
    Item indices = call.operands().get(1);
    List<int[]> extents = new ArrayList<>();
    for (int axis = 0; axis < call.result().rank(); axis++) {
      extents.add(call.result().extents(axis));
    }
    HostArray zero = HostArray.zeros(Shape.scalar(), values.dtype());
    boolean fixed = extents.stream().allMatch(e -> Arrays.stream(e).distinct().count() == 1);
    String zeros =
        fixed
            ? nodes.constant(HostArray.zeros(call.result().shape(0), values.dtype()))
            : nodes.add(
                "Expand",
                call.layer(),
                List.of(nodes.constant(zero), sizes.vector(call, extents, values)));
    node(
        call,
        "ScatterElements",
        List.of(zeros, name(indices), name(values)),
        axis(call),
        NodeList.attribute("reduction", "add"));
  }
}
