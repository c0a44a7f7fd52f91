package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * Sums and maxima over axes. Floats are summed in double precision, always in the same order; ND4J
 * sums them in their own type, in an order that depends on its threads, and loses NaN in maxima.
 */
final class Reductions {

  private final Allocator allocator;
  private final Workers workers;
  private final Moves moves;

  Reductions(Allocator allocator, Workers workers, Moves moves) {
    this.allocator = allocator;
    this.workers = workers;
    this.moves = moves;
  }

  /** Reduces the middle extent of {@code [outer, count, inner]}; see {@link #reduce}. */
  private interface Middle {
    void apply(Nd4jArray a, Nd4jArray out, int outer, int count, int inner);
  }

  Nd4jArray sum(Nd4jArray a, int... axes) {
    if (a.size() == 0 && axes.length > 0) {
      return allocator.zeros(a.shape().without(axes), a.dtype(), out -> {});
    }
    return reduce(a, axes, a.dtype() == DType.INT64 ? this::sumLongs : this::sumFloats);
  }

  Nd4jArray max(Nd4jArray a, int... axes) {
    return reduce(a, axes, a.dtype() == DType.INT64 ? this::maxLongs : this::maxFloats);
  }

  /** Neighbouring axes are reduced together, the last ones first: no data is moved. */
  private Nd4jArray reduce(Nd4jArray a, int[] axes, Middle middle) {
    if (axes.length == 0 || a.size() == 0) {
      return axes.length == 0
          ? moves.copy(a)
          : allocator.create(a.shape().without(axes), a.dtype());
    }
    Nd4jArray current = a;
    int last = axes.length - 1;
    while (last >= 0) {
      int first = last;
      while (first > 0 && axes[first - 1] == axes[first] - 1) {
        first--;
      }
      int[] extents = current.shape().dims();
      int outer = product(extents, 0, axes[first]);
      int count = product(extents, axes[first], axes[last] + 1);
      int inner = product(extents, axes[last] + 1, extents.length);
      Shape shape = current.shape().without(Arrays.copyOfRange(axes, first, last + 1));
      Nd4jArray from = current;
      try {
        current =
            allocator.create(shape, a.dtype(), out -> middle.apply(from, out, outer, count, inner));
      } finally {
        if (from != a) {
          allocator.release(from);
        }
      }
      last = first - 1;
    }
    return current;
  }

  private static int product(int[] extents, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= extents[axis];
    }
    return product;
  }

  /**
   * Calls for every piece of the result: its row of {@code outer}, where in the row, and how long.
   */
  private interface Piece {
    void accept(int row, int start, int length);
  }

  private void pieces(int outer, int count, int inner, Piece piece) {
    int perRow = (inner + Scratch.LENGTH - 1) / Scratch.LENGTH;
    int work = Math.min(inner, Scratch.LENGTH) * count;
    workers.ranges(
        outer * perRow,
        Math.max(1, Scratch.GRAIN / Math.max(work, 1)),
        (start, end) -> {
          for (int i = start; i < end; i++) {
            int at = i % perRow * Scratch.LENGTH;
            piece.accept(i / perRow, at, Math.min(Scratch.LENGTH, inner - at));
          }
        });
  }

  private void sumFloats(Nd4jArray a, Nd4jArray out, int outer, int count, int inner) {
    pieces(
        outer,
        count,
        inner,
        (row, start, length) -> {
          double[] total = Scratch.get().doubles(0);
          double[] values = Scratch.get().doubles(1);
          if (inner == 1) {
            total[0] = 0;
            for (int at = 0; at < count; at += Scratch.LENGTH) {
              int few = Math.min(Scratch.LENGTH, count - at);
              Values.read(a, row * count + at, values, few);
              total[0] += sum(values, few);
            }
          } else {
            Arrays.fill(total, 0, length, 0);
            for (int k = 0; k < count; k++) {
              Values.read(a, (row * count + k) * inner + start, values, length);
              for (int i = 0; i < length; i++) {
                total[i] += values[i];
              }
            }
          }
          Values.write(total, out, row * inner + start, length);
        });
  }

  /** Four sums side by side, so that additions need not wait for each other. */
  static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }

  private void maxFloats(Nd4jArray a, Nd4jArray out, int outer, int count, int inner) {
    pieces(
        outer,
        count,
        inner,
        (row, start, length) -> {
          double[] greatest = Scratch.get().doubles(0);
          double[] values = Scratch.get().doubles(1);
          Arrays.fill(greatest, 0, length, Double.NEGATIVE_INFINITY);
          if (inner == 1) {
            for (int at = 0; at < count; at += Scratch.LENGTH) {
              int few = Math.min(Scratch.LENGTH, count - at);
              Values.read(a, row * count + at, values, few);
              for (int i = 0; i < few; i++) {
                greatest[0] = Math.max(greatest[0], values[i]);
              }
            }
          } else {
            for (int k = 0; k < count; k++) {
              Values.read(a, (row * count + k) * inner + start, values, length);
              for (int i = 0; i < length; i++) {
                greatest[i] = Math.max(greatest[i], values[i]);
              }
            }
          }
          Values.write(greatest, out, row * inner + start, length);
        });
  }

  private void sumLongs(Nd4jArray a, Nd4jArray out, int outer, int count, int inner) {
    pieces(
        outer,
        count,
        inner,
        (row, start, length) -> {
          for (int i = start; i < start + length; i++) {
            long total = 0;
            for (int k = 0; k < count; k++) {
              total += a.longs().get((row * count + k) * inner + i);
            }
            out.longs().put(row * inner + i, total);
          }
        });
  }

  private void maxLongs(Nd4jArray a, Nd4jArray out, int outer, int count, int inner) {
    pieces(
        outer,
        count,
        inner,
        (row, start, length) -> {
          for (int i = start; i < start + length; i++) {
            long greatest = Long.MIN_VALUE;
            for (int k = 0; k < count; k++) {
              greatest = Math.max(greatest, a.longs().get((row * count + k) * inner + i));
            }
            out.longs().put(row * inner + i, greatest);
          }
        });
  }

  Nd4jArray argMax(Nd4jArray a, int axis) {
    int[] extents = a.shape().dims();
    int outer = product(extents, 0, axis);
    int count = extents[axis];
    int inner = product(extents, axis + 1, extents.length);
    return allocator.create(
        a.shape().without(axis),
        DType.INT64,
        out ->
            pieces(
                outer,
                count,
                inner,
                (row, start, length) -> {
                  for (int i = start; i < start + length; i++) {
                    long place = greatest(a, row * count * inner + i, count, inner);
                    out.longs().put(row * inner + i, place);
                  }
                }));
  }

  private static int greatest(Nd4jArray a, int start, int count, int stride) {
    int place = 0;
    if (a.dtype() == DType.INT64) {
      long best = a.longs().get(start);
      for (int k = 1; k < count; k++) {
        long value = a.longs().get(start + k * stride);
        if (value > best) {
          best = value;
          place = k;
        }
      }
      return place;
    }
    boolean single = a.dtype() == DType.FLOAT32;
    double best = single ? a.floats().get(start) : a.doubles().get(start);
    for (int k = 1; k < count && !Double.isNaN(best); k++) {
      int at = start + k * stride;
      double value = single ? a.floats().get(at) : a.doubles().get(at);
      if (!(value <= best)) {
        best = value;
        place = k;
      }
    }
    return place;
  }
}
