package io.github.trimaran.naive;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/** Loops over all positions of a shape. */
final class Loops {

  private Loops() {}

  /** Visits all index vectors in row-major order. The vector is reused. */
  static void forEach(Shape shape, Consumer<int[]> body) {
    int[] index = new int[shape.rank()];
    for (int n = 0; n < shape.size(); n++) {
      body.accept(index);
      for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
  }

  /** The row-major position of an index vector. */
  static int position(Shape shape, int... index) {
    int position = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      position = position * shape.dim(axis) + index[axis];
    }
    return position;
  }

  /** The position in an operand that broadcasts to the shape that {@code index} is of. */
  static int broadcastPosition(Shape operand, int... index) {
    int lead = index.length - operand.rank();
    int position = 0;
    for (int axis = 0; axis < operand.rank(); axis++) {
      int i = operand.dim(axis) == 1 ? 0 : index[lead + axis];
      position = position * operand.dim(axis) + i;
    }
    return position;
  }

  /** Copies one element as it is, without going through a double. */
  static void copy(HostArray from, int source, HostArray to, int target) {
    if (from.dtype() == DType.INT64) {
      to.longs()[target] = from.longs()[source];
    } else {
      to.set(target, from.get(source));
    }
  }

  /**
   * A rearrangement: each element of the result comes from the index vector of {@code a} named for
   * it.
   */
  static HostArray moved(HostArray a, Shape shape, Function<int[], int[]> source) {
    HostArray out = HostArray.zeros(shape, a.dtype());
    int[] next = {0};
    forEach(shape, index -> copy(a, position(a.shape(), source.apply(index)), out, next[0]++));
    return out;
  }

  /** Elementwise over two broadcast operands; floats are computed in double and rounded once. */
  static HostArray zip(
      HostArray a, HostArray b, DoubleBinaryOperator floats, LongBinaryOperator longs) {
    Shape shape = Shape.broadcast("naive", a.shape(), b.shape());
    HostArray out = HostArray.zeros(shape, a.dtype());
    int[] next = {0};
    forEach(
        shape,
        index -> {
          int i = broadcastPosition(a.shape(), index);
          int j = broadcastPosition(b.shape(), index);
          if (a.dtype() == DType.INT64) {
            out.longs()[next[0]++] = longs.applyAsLong(a.longs()[i], b.longs()[j]);
          } else {
            out.set(next[0]++, floats.applyAsDouble(a.get(i), b.get(j)));
          }
        });
    return out;
  }

  /** What a comparison of two elements decides. */
  @FunctionalInterface
  interface Comparison {
    boolean test(HostArray a, int i, HostArray b, int j);
  }

  /** A BOOL array from a comparison of two broadcast operands. */
  static HostArray compare(HostArray a, HostArray b, Comparison comparison) {
    Shape shape = Shape.broadcast("naive", a.shape(), b.shape());
    boolean[] out = new boolean[shape.size()];
    int[] next = {0};
    forEach(
        shape,
        index ->
            out[next[0]++] =
                comparison.test(
                    a,
                    broadcastPosition(a.shape(), index),
                    b,
                    broadcastPosition(b.shape(), index)));
    return HostArray.of(out, shape);
  }
}
