package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Numbers that depend on the free axes, computed in the graph from the shapes of its inputs. */
final class Sizes {

  private static final int SHAPE_OF_SOME = 15;

  private final NodeList nodes;
  private final int opset;
  private final List<Symbol> symbols;
  private final Function<Item, String> names;
  private final Map<String, String> computed = new HashMap<>();

  Sizes(NodeList nodes, int opset, List<Symbol> symbols, Function<Item, String> names) {
    this.nodes = nodes;
    this.opset = opset;
    this.symbols = symbols;
    this.names = names;
  }

  /** What the numbers of the runs follow from; null if that is not found. */
  Extent extent(int... numbers) {
    return Extent.of(symbols, numbers);
  }

  /**
   * INT64 {@code [N]}: numbers that may differ from run to run.
   *
   * @param numbers of each element those of all runs
   * @param near items whose extents they may be
   */
  String vector(Call call, List<int[]> numbers, Item... near) {
    List<String> parts = new ArrayList<>();
    List<Long> fixed = new ArrayList<>();
    for (int[] one : numbers) {
      Extent extent = extent(one);
      if (extent != null && extent.isFixed()) {
        fixed.add(extent.offset());
        continue;
      }
      flush(fixed, parts);
      parts.add(extent == null ? nearby(call, one, near) : computed(extent));
    }
    flush(fixed, parts);
    return parts.size() == 1
        ? parts.get(0)
        : nodes.add("Concat", "", parts, NodeList.attribute("axis", 0L));
  }

  private void flush(List<Long> fixed, List<String> parts) {
    if (!fixed.isEmpty()) {
      parts.add(nodes.integers(fixed.stream().mapToLong(Long::longValue).toArray()));
      fixed.clear();
    }
  }

  private String nearby(Call call, int[] numbers, Item... near) {
    for (Item item : near) {
      for (int axis = 0; axis < item.rank(); axis++) {
        if (java.util.Arrays.equals(item.extents(axis), numbers)) {
          return extentOf(names.apply(item), axis);
        }
      }
    }
    throw call.error("needs an extent that does not follow from the free axes in a known way");
  }

  private String extentOf(String tensor, int axis) {
    return computed.computeIfAbsent(
        tensor + "[" + axis + "]",
        key -> {
          if (opset >= SHAPE_OF_SOME) {
            return nodes.add(
                "Shape",
                "",
                List.of(tensor),
                NodeList.attribute("start", (long) axis),
                NodeList.attribute("end", axis + 1L));
          }
          String shape = nodes.add("Shape", "", List.of(tensor));
          return nodes.add(
              "Gather", "", List.of(shape, nodes.integers(axis)), NodeList.attribute("axis", 0L));
        });
  }

  private String computed(Extent extent) {
    String known = computed.get(extent.toString());
    if (known != null) {
      return known;
    }
    String product = null;
    for (Symbol symbol : extent.symbols()) {
      String one = extentOf(names.apply(symbol.input()), symbol.axis());
      product = product == null ? one : nodes.add("Mul", "", List.of(product, one));
    }
    if (extent.factor() != 1) {
      product = nodes.add("Mul", "", List.of(product, nodes.integers(extent.factor())));
    }
    if (extent.offset() != 0) {
      product = nodes.add("Add", "", List.of(product, nodes.integers(extent.offset())));
    }
    computed.put(extent.toString(), product);
    return product;
  }

  // ---- constants that depend on the free axes -------------------------------------------------

  /**
   * A constant of another shape in every run. Along an axis whose extent changes, either all is
   * alike and is stretched, or the longest run has what the others begin with, and it is cut.
   */
  String constant(Call call, Item item) {
    int longest = 0;
    for (int run = 1; run < item.runs(); run++) {
      longest = item.shape(run).size() > item.shape(longest).size() ? run : longest;
    }
    boolean[] alike = new boolean[item.rank()];
    HostArray base = item.value(longest);
    List<Integer> cut = new ArrayList<>();
    for (int axis = 0; axis < item.rank(); axis++) {
      if (extentIsFixed(item, axis)) {
        continue;
      }
      alike[axis] = isAlike(base, axis);
      if (alike[axis]) {
        base = first(base, axis);
      } else {
        cut.add(axis);
      }
    }
    requireBeginnings(call, item, base, alike);
    String name = nodes.constant(base);
    if (!cut.isEmpty()) {
      name = cut(call, item, name, cut);
    }
    boolean stretched = false;
    List<int[]> extents = new ArrayList<>();
    for (int axis = 0; axis < item.rank(); axis++) {
      stretched |= alike[axis];
      extents.add(alike[axis] ? item.extents(axis) : new int[] {1});
    }
    return stretched
        ? nodes.add("Expand", call.layer(), List.of(name, vector(call, extents)))
        : name;
  }

  private String cut(Call call, Item item, String name, List<Integer> axes) {
    List<int[]> ends = new ArrayList<>();
    long[] along = new long[axes.size()];
    for (int i = 0; i < along.length; i++) {
      along[i] = axes.get(i);
      int[] numbers = item.extents(axes.get(i));
      Extent extent = extent(numbers);
      if (extent == null || !extent.isBounded()) {
        throw call.error("takes a constant that depends on a free axis in an unknown way");
      }
      ends.add(numbers);
    }
    return nodes.add(
        "Slice",
        call.layer(),
        List.of(
            name,
            nodes.integers(new long[along.length]),
            vector(call, ends),
            nodes.integers(along)));
  }

  private static boolean extentIsFixed(Item item, int axis) {
    return Arrays.stream(item.extents(axis)).distinct().count() == 1;
  }

  private static boolean isAlike(HostArray array, int axis) {
    int inner = array.shape().strides()[axis];
    int extent = array.shape().dim(axis);
    for (int i = 0; i < array.shape().size(); i++) {
      int first = i - i / inner % extent * inner;
      if (Double.compare(array.get(i), array.get(first)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static HostArray first(HostArray array, int axis) {
    Shape shape = array.shape().with(axis, 1);
    HostArray result = HostArray.zeros(shape, array.dtype());
    int inner = array.shape().strides()[axis];
    int extent = array.shape().dim(axis);
    for (int i = 0; i < shape.size(); i++) {
      array.copyTo(i / inner * inner * extent + i % inner, result, i, 1);
    }
    return result;
  }

  private static void requireBeginnings(Call call, Item item, HostArray base, boolean... alike) {
    int[] strides = base.shape().strides();
    for (int run = 0; run < item.runs(); run++) {
      HostArray values = item.value(run);
      for (int i = 0; i < values.shape().size(); i++) {
        int[] position = values.shape().position(i);
        int place = 0;
        for (int axis = 0; axis < position.length; axis++) {
          place += alike[axis] ? 0 : position[axis] * strides[axis];
        }
        if (Double.compare(values.get(i), base.get(place)) != 0) {
          throw call.error("takes a constant whose values depend on a free axis");
        }
      }
    }
  }
}
