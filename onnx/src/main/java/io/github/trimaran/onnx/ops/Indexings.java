package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Reading and writing at indices; negative ones count from the end. */
final class Indexings {

  private static final String REDUCTIONS = "reduction:s=none|add|mul|max|min";

  private Indexings() {}

  static void register(Map<String, Operator> all) {
    all.put("Gather", Operator.of("axis:i", 2, 2, Indexings::gather));
    all.put("GatherElements", Operator.of("axis:i", 2, 2, Indexings::gatherElements));
    all.put("GatherND", Operator.of("batch_dims:i", 2, 2, Indexings::gatherAt));
    all.put("ScatterElements", Operator.of("axis:i " + REDUCTIONS, 3, 3, Indexings::scatter));
    all.put("Scatter", Operator.of("axis:i", 3, 3, Indexings::scatter));
    all.put("ScatterND", Operator.of(REDUCTIONS, 3, 3, Indexings::scatterAt));
    all.put("OneHot", Operator.of("axis:i", 3, 3, Indexings::oneHot));
    all.put("NonZero", Operator.of("", 1, 1, Indexings::nonZero));
  }

  private static Tensor fromStart(Tensor indices, int extent) {
    return Tensor.where(indices.less(0), indices.add(extent), indices);
  }

  /** The indices' axes take the place of the axis. */
  private static Tensor gather(Call call) {
    Tensor x = call.tensor(0);
    int axis = call.axis("axis", 0);
    Tensor indices = fromStart(call.tensor(1), x.shape().dim(axis));
    Tensor picked = x.indexSelect(axis, indices.reshape(indices.shape().size()));
    int[] before = Arrays.copyOf(x.shape().dims(), axis);
    int[] after = Arrays.copyOfRange(x.shape().dims(), axis + 1, x.shape().rank());
    return picked.reshape(joined(before, indices.shape().dims(), after));
  }

  static Shape joined(int[]... parts) {
    return Shape.of(Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray());
  }

  /** The tensor's part that the indices, which may be shorter along other axes, look at. */
  private static Tensor corner(Tensor x, Shape indices, int axis) {
    Tensor part = x;
    for (int i = 0; i < indices.rank(); i++) {
      if (i != axis && indices.dim(i) != x.shape().dim(i)) {
        part = part.narrow(i, 0, indices.dim(i));
      }
    }
    return part;
  }

  private static Tensor gatherElements(Call call) {
    Tensor x = call.tensor(0);
    int axis = call.axis("axis", 0);
    Tensor indices = fromStart(call.tensor(1), x.shape().dim(axis));
    return corner(x, indices.shape(), axis).gather(axis, indices);
  }

  // ---- by tuples ------------------------------------------------------------------------------

  /**
   * Where tuples of indices point, counted over the axes that they go through: INT64 {@code [N]}.
   *
   * @param batch how many leading axes both have in common
   */
  private static Tensor places(Call call, Shape shape, Tensor tuples, int batch) {
    int length = tuples.shape().dim(-1);
    if (batch + length > shape.rank() || tuples.shape().rank() <= batch) {
      throw call.error("tuples " + tuples.shape() + " do not fit " + shape);
    }
    int stacks = product(shape, 0, batch);
    int count = product(tuples.shape(), 0, tuples.shape().rank() - 1) / Math.max(stacks, 1);
    Tensor rows = tuples.reshape(stacks, count, length);
    Tensor place =
        Tensor.arange(call.backend(), stacks)
            .reshape(stacks, 1)
            .broadcastTo(Shape.of(stacks, count));
    for (int i = 0; i < length; i++) {
      int extent = shape.dim(batch + i);
      Tensor index = fromStart(rows.select(2, i), extent);
      place = place.mul(extent).add(index);
    }
    return place.reshape(stacks * count);
  }

  private static int product(Shape shape, int from, int to) {
    return Arrays.stream(shape.dims(), from, to).reduce(1, (m, n) -> m * n);
  }

  private static Tensor gatherAt(Call call) {
    Tensor x = call.tensor(0);
    Tensor tuples = call.tensor(1);
    int batch = Math.toIntExact(call.node().integer("batch_dims", 0));
    int through = batch + tuples.shape().dim(-1);
    Tensor places = places(call, x.shape(), tuples, batch);
    int rest = product(x.shape(), through, x.shape().rank());
    Tensor picked = x.reshape(product(x.shape(), 0, through), rest).indexSelect(0, places);
    int[] front = Arrays.copyOf(tuples.shape().dims(), tuples.shape().rank() - 1);
    int[] back = Arrays.copyOfRange(x.shape().dims(), through, x.shape().rank());
    return picked.reshape(joined(front, back));
  }

  private static Tensor scatterAt(Call call) {
    Tensor x = call.tensor(0);
    Tensor tuples = call.tensor(1);
    int through = tuples.shape().dim(-1);
    Tensor places = places(call, x.shape(), tuples, 0);
    int rest = product(x.shape(), through, x.shape().rank());
    int count = places.shape().size();
    Tensor rows = x.reshape(product(x.shape(), 0, through), rest);
    Tensor updates = call.tensor(2).reshape(count, rest);
    Tensor everywhere = places.reshape(count, 1).broadcastTo(Shape.of(count, rest));
    return written(call, rows, 0, everywhere, updates).reshape(x.shape());
  }

  // ---- writing --------------------------------------------------------------------------------

  private static Tensor scatter(Call call) {
    Tensor x = call.tensor(0);
    int axis = call.axis("axis", 0);
    Tensor indices = fromStart(call.tensor(1), x.shape().dim(axis));
    return written(call, x, axis, indices, call.tensor(2));
  }

  /** Sums need one pass; products and extremes take the updates one after the other. */
  private static Tensor written(Call call, Tensor x, int axis, Tensor indices, Tensor updates) {
    if (x.dtype() == DType.BOOL) {
      Tensor numbers = written(call, x.to(DType.INT64), axis, indices, updates.to(DType.INT64));
      return numbers.to(DType.BOOL);
    }
    BinaryOperator<Tensor> combine =
        switch (call.node().text("reduction", "none")) {
          case "mul" -> Tensor::mul;
          case "max" -> Tensor::maximum;
          case "min" -> Tensor::minimum;
          default -> null;
        };
    if (call.node().text("reduction", "none").equals("add")) {
      return x.add(spread(updates, axis, indices, x.shape()));
    }
    if (combine == null) {
      return replaced(x, axis, indices, updates, (old, update) -> update);
    }
    Tensor result = x;
    for (int i = 0; i < indices.shape().dim(axis); i++) {
      Tensor one = indices.narrow(axis, i, 1);
      result = replaced(result, axis, one, updates.narrow(axis, i, 1), combine);
    }
    return result;
  }

  /** Updates at their places, zeros elsewhere. */
  private static Tensor spread(Tensor updates, int axis, Tensor indices, Shape shape) {
    Tensor placed = updates.scatterAdd(axis, indices, shape.dim(axis));
    int[] none = new int[shape.rank()];
    int[] after = new int[shape.rank()];
    for (int i = 0; i < after.length; i++) {
      after[i] = shape.dim(i) - placed.shape().dim(i);
    }
    return placed.shape().equals(shape) ? placed : placed.pad(none, after, none, 0);
  }

  private static Tensor replaced(
      Tensor x, int axis, Tensor indices, Tensor updates, BinaryOperator<Tensor> combine) {
    Tensor ones = Tensor.onesLike(indices);
    Tensor touched = spread(ones, axis, indices, x.shape()).greater(0);
    return Tensor.where(touched, combine.apply(x, spread(updates, axis, indices, x.shape())), x);
  }

  // ---- others ---------------------------------------------------------------------------------

  /** Indices out of range leave their row off. */
  private static Tensor oneHot(Call call) {
    Tensor given = call.tensor(0);
    int depth = Math.toIntExact((long) call.number(1));
    if (depth < 1) {
      throw call.error("depth must be at least 1, is " + depth);
    }
    Tensor indices = fromStart(given.to(DType.INT64), depth);
    int rank = indices.shape().rank();
    int axis = call.axis(call.node().integer("axis", -1), rank + 1);
    int[] extents = new int[rank + 1];
    Arrays.fill(extents, 1);
    extents[axis] = depth;
    Tensor classes = Tensor.arange(call.backend(), depth).reshape(Shape.of(extents));
    Tensor values = call.tensor(2);
    return Tensor.where(
        indices.unsqueeze(axis).eq(classes), values.select(0, 1), values.select(0, 0));
  }

  /** The indices of what is not 0, a row an axis. Their number depends on the values. */
  private static Tensor nonZero(Call call) {
    HostArray values = call.value(0).host();
    int[] found =
        IntStream.range(0, values.shape().size()).filter(i -> values.get(i) != 0).toArray();
    int[] strides = values.shape().strides();
    long[] indices = new long[strides.length * found.length];
    for (int axis = 0; axis < strides.length; axis++) {
      for (int i = 0; i < found.length; i++) {
        indices[axis * found.length + i] = found[i] / strides[axis] % values.shape().dim(axis);
      }
    }
    return call.integers(indices, strides.length, found.length);
  }
}
