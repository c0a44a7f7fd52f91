package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Definitions of elementwise operations, reductions and the matrix product. */
final class ReduceOracles {

  private ReduceOracles() {}

  static Grid map(Grid a, DoubleUnaryOperator function) {
    return Grid.fill(a.shape(), a.dtype(), index -> function.applyAsDouble(a.at(index)));
  }

  static Grid zip(Grid a, Grid b, DType dtype, DoubleBinaryOperator function) {
    Shape shape = Shape.broadcast("oracle", a.shape(), b.shape());
    return Grid.fill(
        shape, dtype, index -> function.applyAsDouble(a.stretchedAt(index), b.stretchedAt(index)));
  }

  static Grid where(Grid condition, Grid a, Grid b) {
    Shape both = Shape.broadcast("oracle", a.shape(), b.shape());
    return Grid.fill(
        Shape.broadcast("oracle", condition.shape(), both),
        a.dtype(),
        index -> (condition.stretchedAt(index) != 0 ? a : b).stretchedAt(index));
  }

  static Grid sum(Grid a, int... axes) {
    return reduced(a, axes, values -> Arrays.stream(values).sum());
  }

  static Grid max(Grid a, int... axes) {
    return reduced(a, axes, values -> Arrays.stream(values).reduce(Math::max).orElseThrow());
  }

  /** Along one axis, the sum of all up to each. */
  static Grid cumSum(Grid a, int axis) {
    return Grid.fill(
        a.shape(),
        a.dtype(),
        index -> {
          int[] each = index.clone();
          double sum = 0;
          for (int i = 0; i <= index[axis]; i++) {
            each[axis] = i;
            sum += a.at(each);
          }
          return sum;
        });
  }

  /** Where along one axis the first maximum lies, a NaN being the greatest. */
  static Grid argMax(Grid a, int axis) {
    Grid indices =
        reduced(
            a,
            new int[] {axis},
            values -> {
              double max = Arrays.stream(values).reduce(Math::max).orElseThrow();
              int first = 0;
              // Adding 0 makes -0 into 0; then compare finds NaN equal to NaN.
              while (Double.compare(values[first] + 0.0, max + 0.0) != 0) {
                first++;
              }
              return first;
            });
    return new Grid(indices.shape(), DType.INT64, indices.values());
  }

  /** What becomes of the elements that fall together. */
  interface Reduction {
    double of(double... values);
  }

  /** The elements that differ in these axes alone, in row-major order, taken together. */
  static Grid reduced(Grid a, int[] axes, Reduction reduction) {
    Shape kept = a.shape().without(axes);
    int[] away = Arrays.stream(axes).map(a::dim).toArray();
    Shape gone = Shape.of(away);
    return Grid.fill(
        kept,
        a.dtype(),
        index -> {
          double[] together = new double[gone.size()];
          for (int n = 0; n < together.length; n++) {
            together[n] = a.at(merge(index, Grid.index(gone, n), axes));
          }
          return reduction.of(together);
        });
  }

  /** The index vector with {@code inner} along {@code axes} and {@code outer} along the others. */
  private static int[] merge(int[] outer, int[] inner, int[] axes) {
    int[] merged = new int[outer.length + inner.length];
    int nextInner = 0;
    int nextOuter = 0;
    for (int axis = 0; axis < merged.length; axis++) {
      boolean reduced = nextInner < axes.length && axes[nextInner] == axis;
      merged[axis] = reduced ? inner[nextInner++] : outer[nextOuter++];
    }
    return merged;
  }

  static Grid matmul(Grid a, Grid b) {
    List<Integer> extents = new ArrayList<>();
    int rank = Math.max(a.shape().rank(), b.shape().rank());
    for (int axis = -rank; axis < -2; axis++) {
      int left = -axis <= a.shape().rank() ? a.dim(axis) : 1;
      int right = -axis <= b.shape().rank() ? b.dim(axis) : 1;
      extents.add(left == 1 ? right : left);
    }
    extents.add(a.dim(-2));
    extents.add(b.dim(-1));
    return Grid.fill(
        Shape.of(extents.stream().mapToInt(i -> i).toArray()),
        a.dtype(),
        index -> {
          int[] left = index.clone();
          int[] right = index.clone();
          double sum = 0;
          for (int k = 0; k < a.dim(-1); k++) {
            left[rank - 1] = k;
            right[rank - 2] = k;
            sum += a.stretchedAt(left) * b.stretchedAt(right);
          }
          return sum;
        });
  }
}
