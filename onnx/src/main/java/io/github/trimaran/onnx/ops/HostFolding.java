package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * Computes on the host what is known there: shapes, and what follows from them and from constants.
 * So a shape is known even where tensors have no values, and reading it costs no round trip.
 */
final class HostFolding {

  private static final int MAX_SIZE = 1 << 16;

  private HostFolding() {}

  /** The outputs, or null where something is not known, or the operator is none of shapes. */
  static Value[] fold(Call call) {
    if (call.inputs().isEmpty()) {
      return null;
    }
    long size = 0;
    for (Value input : call.inputs()) {
      if (input != null) {
        if (!input.isHost()) {
          return null;
        }
        size += input.shape().size();
      }
    }
    if (size > MAX_SIZE) {
      return null;
    }
    if (call.node().operator().equals("Split")) {
      return split(call);
    }
    HostArray one = one(call);
    return one == null ? null : new Value[] {Value.of(one)};
  }

  private static HostArray one(Call call) {
    HostArray a = call.value(0).host();
    return switch (call.node().operator()) {
      case "Identity" -> a;
      case "Reshape" -> a.reshape(Moves.reshaped(call));
      case "Squeeze" -> a.reshape(Moves.squeezed(call));
      case "Unsqueeze" -> a.reshape(Moves.unsqueezed(call));
      case "Transpose" -> transposed(a, Moves.permutation(call));
      case "Slice" -> sliced(a, SliceRange.of(call));
      case "Gather" -> gathered(call, a);
      case "Concat" -> joined(call);
      case "Expand" -> expanded(call, a);
      case "Cast" -> HostMath.cast(a, Creations.type(call, "to", null));
      case "ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin" -> reduced(call, a);
      default -> HostMath.elementwise(call);
    };
  }

  private static HostArray expanded(Call call, HostArray a) {
    Shape target = Moves.expanded(a.shape(), call.longs(1));
    return target.size() > MAX_SIZE ? null : broadcast(a, target);
  }

  // ---- moving elements ------------------------------------------------------------------------

  /** The element at each place of a shape, at an offset and by a stride along each axis. */
  private static HostArray strided(HostArray from, Shape shape, int offset, int... strides) {
    HostArray result = HostArray.zeros(shape, from.dtype());
    int[] index = new int[shape.rank()];
    int place = offset;
    for (int i = 0; i < shape.size(); i++) {
      copy(from, place, result, i);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        place += strides[axis];
        if (++index[axis] < shape.dim(axis)) {
          break;
        }
        place -= index[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return result;
  }

  /** Integers as such: a double does not hold them all. */
  private static void copy(HostArray from, int place, HostArray to, int at) {
    if (from.dtype() == DType.INT64) {
      to.longs()[at] = from.longs()[place];
    } else {
      to.set(at, from.get(place));
    }
  }

  static HostArray broadcast(HostArray a, Shape target) {
    if (a.shape().equals(target)) {
      return a;
    }
    int lead = target.rank() - a.shape().rank();
    int[] own = a.shape().strides();
    int[] strides = new int[target.rank()];
    for (int i = 0; i < own.length; i++) {
      strides[lead + i] = a.shape().dim(i) == 1 ? 0 : own[i];
    }
    return strided(a, target, 0, strides);
  }

  private static HostArray transposed(HostArray a, int... order) {
    int[] own = a.shape().strides();
    int[] extents = Arrays.stream(order).map(a.shape()::dim).toArray();
    return strided(a, Shape.of(extents), 0, Arrays.stream(order).map(i -> own[i]).toArray());
  }

  private static HostArray sliced(HostArray a, SliceRange range) {
    int[] strides = a.shape().strides();
    int[] extents = new int[strides.length];
    int offset = 0;
    for (int i = 0; i < strides.length; i++) {
      int axis = i;
      extents[i] = Shape.stepsBelow(range.start()[i], range.stop()[i], range.step()[i]);
      boolean back = Arrays.stream(range.flipped()).anyMatch(f -> f == axis);
      int first = back ? a.shape().dim(i) - 1 - range.start()[i] : range.start()[i];
      offset += first * strides[i];
      // A step beyond the extent is never taken.
      strides[i] *= (back ? -1 : 1) * Math.min(range.step()[i], Math.max(a.shape().dim(i), 1));
    }
    return strided(a, Shape.of(extents), offset, strides);
  }

  private static HostArray gathered(Call call, HostArray a) {
    int axis = call.axis("axis", 0);
    long[] indices = call.longs(1);
    int extent = a.shape().dim(axis);
    Shape lines = a.shape().with(axis, indices.length);
    HostArray result = HostArray.zeros(lines, a.dtype());
    int inner = a.shape().strides()[axis];
    for (int i = 0; i < lines.size(); i++) {
      int within = i % inner;
      int at = call.axis(indices[i / inner % indices.length], extent);
      copy(a, (i / inner / indices.length * extent + at) * inner + within, result, i);
    }
    int[] before = Arrays.copyOf(a.shape().dims(), axis);
    int[] after = Arrays.copyOfRange(a.shape().dims(), axis + 1, a.shape().rank());
    return result.reshape(Indexings.joined(before, call.shape(1).dims(), after));
  }

  /** Of vectors and of arrays along their first axis; others are left to tensors. */
  private static HostArray joined(Call call) {
    if (call.axis("axis", 0) != 0) {
      return null;
    }
    int rows = 0;
    for (Value input : call.inputs()) {
      if (input.shape().rank() != call.shape(0).rank() || input.dtype() != call.value(0).dtype()) {
        return null;
      }
      rows += input.shape().dim(0);
    }
    HostArray result = HostArray.zeros(call.shape(0).with(0, rows), call.value(0).dtype());
    int at = 0;
    for (Value input : call.inputs()) {
      for (int i = 0; i < input.shape().size(); i++) {
        copy(input.host(), i, result, at++);
      }
    }
    return result;
  }

  private static Value[] split(Call call) {
    HostArray a = call.value(0).host();
    int axis = call.axis("axis", 0);
    int[] sizes = Moves.parts(call, axis);
    Value[] parts = new Value[sizes.length];
    int[] strides = a.shape().strides();
    int start = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (start + sizes[i] > a.shape().dim(axis)) {
        throw call.error("parts " + Arrays.toString(sizes) + " do not fit " + a.shape());
      }
      Shape shape = a.shape().with(axis, sizes[i]);
      parts[i] = Value.of(strided(a, shape, start * strides[axis], strides));
      start += sizes[i];
    }
    return parts;
  }

  // ---- reductions of all elements of integers -----------------------------------------------

  private static HostArray reduced(Call call, HostArray a) {
    long[] axes = call.longs(1, "axes");
    boolean all = axes == null || axes.length == a.shape().rank();
    if (!all
        || a.dtype() != DType.INT64
        || a.shape().size() == 0
        || call.node().flag("noop_with_empty_axes", false)) {
      return null;
    }
    long result =
        switch (call.node().operator()) {
          case "ReduceSum" -> Arrays.stream(a.longs()).sum();
          case "ReduceProd" -> Arrays.stream(a.longs()).reduce(1, (m, n) -> m * n);
          case "ReduceMax" -> Arrays.stream(a.longs()).max().getAsLong();
          default -> Arrays.stream(a.longs()).min().getAsLong();
        };
    int[] ones = new int[call.node().flag("keepdims", true) ? a.shape().rank() : 0];
    Arrays.fill(ones, 1);
    return HostArray.of(new long[] {result}, Shape.of(ones));
  }
}
