package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Sorted;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;

/** Reductions over axes, running sums, and what looks for the largest. */
final class Reductions {

  private Reductions() {}

  static void register(Map<String, Operator> all) {
    of(all, "ReduceSum", Tensor::sumKeepDims);
    of(all, "ReduceMean", Reductions::mean);
    of(all, "ReduceMax", Reductions::max);
    of(all, "ReduceMin", Reductions::min);
    of(all, "ReduceProd", Tensor::prodKeepDims);
    of(all, "ReduceL1", (x, axes) -> x.abs().sumKeepDims(axes));
    of(all, "ReduceL2", (x, axes) -> x.norm(2, true, axes));
    of(all, "ReduceSumSquare", (x, axes) -> x.mul(x).sumKeepDims(axes));
    of(all, "ReduceLogSum", (x, axes) -> x.sumKeepDims(axes).log());
    of(all, "ReduceLogSumExp", Tensor::logSumExpKeepDims);
    String arg = "axis:i keepdims:i select_last_index:i";
    all.put("ArgMax", Operator.of(arg, 1, 1, c -> arg(c, true)));
    all.put("ArgMin", Operator.of(arg, 1, 1, c -> arg(c, false)));
    all.put("CumSum", Operator.of("exclusive:i reverse:i", 2, 2, Reductions::cumSum));
    all.put("TopK", new Operator("axis:i largest:i sorted:i k:i", 1, 2, 2, Reductions::topK));
  }

  /** Axes are an attribute at first and an input later; without any, all are meant. */
  private static void of(
      Map<String, Operator> all, String name, BiFunction<Tensor, int[], Tensor> function) {
    all.put(
        name,
        Operator.of(
            "axes:is keepdims:i noop_with_empty_axes:i", 1, 2, call -> reduce(call, function)));
  }

  private static Tensor reduce(Call call, BiFunction<Tensor, int[], Tensor> function) {
    Tensor x = call.tensor(0);
    long[] given = call.longs(1, "axes");
    boolean none = given == null || given.length == 0;
    if (none && call.node().flag("noop_with_empty_axes", false)) {
      return x;
    }
    int[] axes = call.axes(none ? null : given, x.shape().rank());
    Arrays.sort(axes);
    if (axes.length == 0) {
      // Of a single number: as of a row of it.
      return function.apply(x.reshape(1), new int[] {0}).reshape(Shape.scalar());
    }
    Tensor kept = function.apply(x, axes);
    return call.node().flag("keepdims", true) ? kept : kept.reshape(x.shape().without(axes));
  }

  private static Tensor mean(Tensor x, int... axes) {
    return x.dtype().isFloating()
        ? x.meanKeepDims(axes)
        : x.to(DType.FLOAT64).meanKeepDims(axes).to(x.dtype());
  }

  private static Tensor max(Tensor x, int... axes) {
    return x.dtype() == DType.BOOL ? x.anyKeepDims(axes) : x.maxKeepDims(axes);
  }

  private static Tensor min(Tensor x, int... axes) {
    return x.dtype() == DType.BOOL ? x.allKeepDims(axes) : x.minKeepDims(axes);
  }

  private static Tensor arg(Call call, boolean largest) {
    Tensor x = call.tensor(0);
    int axis = call.axis("axis", 0);
    boolean last = call.node().flag("select_last_index", false);
    Tensor seen = last ? x.flip(axis) : x;
    Tensor at = largest ? seen.argMax(axis) : seen.argMin(axis);
    Tensor index = last ? at.neg().add(x.shape().dim(axis) - 1) : at;
    return call.node().flag("keepdims", true) ? index.unsqueeze(axis) : index;
  }

  private static Tensor cumSum(Call call) {
    Tensor x = call.tensor(0);
    int axis = call.axis((long) call.number(1), x.shape().rank());
    boolean reverse = call.node().flag("reverse", false);
    Tensor sums = (reverse ? x.flip(axis) : x).cumSum(axis);
    int extent = x.shape().dim(axis);
    if (call.node().flag("exclusive", false) && extent > 0) {
      int[] before = new int[x.shape().rank()];
      int[] none = new int[x.shape().rank()];
      before[axis] = 1;
      sums = sums.narrow(axis, 0, extent - 1).pad(before, none, none, 0);
    }
    return reverse ? sums.flip(axis) : sums;
  }

  /** Sorted whether asked or not; of equal values the lower index comes first. */
  private static Value[] topK(Call call) {
    Tensor x = call.tensor(0);
    int axis = call.axis("axis", -1);
    long k = call.has(1) ? (long) call.number(1) : call.node().integer("k", 0);
    if (k < 0 || k > x.shape().dim(axis)) {
      throw call.error("axis " + axis + " of " + x.shape() + " has no " + k + " values");
    }
    if (call.node().flag("largest", true)) {
      Sorted top = x.topK((int) k, axis);
      return new Value[] {Value.of(top.values()), Value.of(top.indices())};
    }
    Tensor order = x.argSort(axis).narrow(axis, 0, (int) k);
    return new Value[] {Value.of(x.gather(axis, order)), Value.of(order)};
  }
}
