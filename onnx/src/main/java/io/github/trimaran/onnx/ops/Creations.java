package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.file.ElementType;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Constants, shapes, ranges, other types, and triangles. */
final class Creations {

  /** Larger ones are made on the backend. */
  private static final int HOST_SIZE = 4096;

  private Creations() {}

  static void register(Map<String, Operator> all) {
    String known =
        Arrays.stream(ElementType.values())
            .filter(ElementType::isKnown)
            .map(type -> Integer.toString(type.number()))
            .collect(Collectors.joining("|"));
    all.put(
        "Constant",
        new Operator(
            "value:t value_float:f value_floats:fs value_int:i value_ints:is",
            0,
            0,
            1,
            c -> host(constant(c))));
    all.put("ConstantOfShape", new Operator("value:t", 1, 1, 1, Creations::filled));
    all.put("Shape", new Operator("start:i end:i", 1, 1, 1, c -> host(shape(c))));
    all.put(
        "Size",
        new Operator(
            "", 1, 1, 1, c -> host(HostArray.of(new long[] {c.shape(0).size()}, Shape.scalar()))));
    all.put("Range", new Operator("", 3, 3, 1, c -> host(range(c))));
    all.put(
        "Cast", Operator.of("to:i=" + known + " saturate:i round_mode:s", 1, 1, Creations::cast));
    all.put(
        "CastLike",
        Operator.of("saturate:i round_mode:s", 2, 2, c -> c.tensor(0).to(c.tensor(1).dtype())));
    all.put("EyeLike", Operator.of("dtype:i=" + known + " k:i", 1, 1, Creations::eye));
    all.put("Trilu", Operator.of("upper:i", 1, 2, Creations::triangle));
  }

  private static Value[] host(HostArray array) {
    return new Value[] {Value.of(array)};
  }

  /** What a Constant holds. */
  static HostArray constant(Call call) {
    Node node = call.node();
    if (node.has("value")) {
      return node.tensor("value");
    } else if (node.has("value_float")) {
      return HostArray.of(new double[] {node.number("value_float", 0)}, Shape.scalar());
    } else if (node.has("value_int")) {
      return HostArray.of(new long[] {node.integer("value_int", 0)}, Shape.scalar());
    } else if (node.has("value_floats")) {
      float[] values = node.floats("value_floats");
      return HostArray.of(values, Shape.of(values.length));
    } else if (node.has("value_ints")) {
      long[] values = node.integers("value_ints");
      return HostArray.of(values, Shape.of(values.length));
    }
    throw call.error("holds nothing");
  }

  private static Value[] filled(Call call) {
    Shape shape = Shape.result("ConstantOfShape", call.longs(0));
    HostArray value = call.node().tensor("value");
    DType type = value == null ? DType.FLOAT32 : value.dtype();
    double number = value == null ? 0 : value.get(0);
    if (shape.size() > HOST_SIZE) {
      DType own = type.isFloating() ? call.dtype() : type;
      return new Value[] {Value.of(Tensor.full(call.backend(), shape, own, number))};
    }
    HostArray array = HostArray.zeros(shape, type);
    for (int i = 0; i < shape.size(); i++) {
      if (type == DType.INT64) {
        array.longs()[i] = value.longs()[0];
      } else {
        array.set(i, number);
      }
    }
    return host(array);
  }

  /** Extents from start to end, which are cut to what there is. */
  static HostArray shape(Call call) {
    int[] dims = call.shape(0).dims();
    int start = bound(call.node().integer("start", 0), dims.length);
    int end = Math.max(start, bound(call.node().integer("end", dims.length), dims.length));
    long[] extents = Arrays.stream(dims, start, end).asLongStream().toArray();
    return HostArray.of(extents, Shape.of(extents.length));
  }

  private static int bound(long axis, int rank) {
    return (int) Math.max(0, Math.min(axis < 0 ? axis + rank : axis, rank));
  }

  private static HostArray range(Call call) {
    double from = call.number(0);
    double step = call.number(2);
    double count = Math.max(0, Math.ceil((call.number(1) - from) / step));
    if (Double.isNaN(count)) {
      throw call.error("a step of 0");
    }
    Shape shape = Shape.result("Range", (long) count);
    HostArray values = HostArray.zeros(shape, call.value(0).dtype());
    for (int i = 0; i < shape.size(); i++) {
      values.set(i, from + i * step);
    }
    return values;
  }

  /** All floats of a model have its dtype, so between them nothing changes. */
  static DType type(Call call, String attribute, DType otherwise) {
    if (!call.node().has(attribute)) {
      return otherwise;
    }
    DType kind = ElementType.of(call.node().integer(attribute, 0)).kind();
    return kind.isFloating() ? call.dtype() : kind;
  }

  private static Tensor cast(Call call) {
    return call.tensor(0).to(type(call, "to", null));
  }

  private static Tensor eye(Call call) {
    Shape shape = call.shape(0);
    Tensor rows = Tensor.arange(call.backend(), shape.dim(0)).unsqueeze(1);
    Tensor columns = Tensor.arange(call.backend(), shape.dim(1));
    DType type = type(call, "dtype", call.value(0).dtype());
    return columns.sub(rows).eq((double) call.node().integer("k", 0)).to(type);
  }

  private static Tensor triangle(Call call) {
    Tensor x = call.tensor(0);
    int diagonal = call.has(1) ? Math.toIntExact((long) call.number(1)) : 0;
    Tensor numbers = x.dtype() == DType.BOOL ? x.to(DType.INT64) : x;
    return (call.node().flag("upper", true) ? numbers.triu(diagonal) : numbers.tril(diagonal))
        .to(x.dtype());
  }
}
