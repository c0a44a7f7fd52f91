package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * How an operand lies in memory, where a backend has views: each layout uploads other values and
 * then moves them so that the operand's values come out. What a view leaves out is poison: NaN, or
 * an index out of every range.
 */
enum Layout {
  /** As uploaded. */
  DENSE {
    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      return to.upload(values.toHost());
    }
  },

  /** Axes stored in reverse order. */
  PERMUTED {
    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      int[] reverse = new int[values.shape().rank()];
      Arrays.setAll(reverse, i -> reverse.length - 1 - i);
      return to.permute(to.upload(MoveOracles.permute(values, reverse).toHost()), reverse);
    }
  },

  /** Every axis stored backwards. */
  FLIPPED {
    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      if (values.shape().rank() == 0) {
        return to.upload(values.toHost());
      }
      int[] all = new int[values.shape().rank()];
      Arrays.setAll(all, i -> i);
      return to.flip(to.upload(MoveOracles.flip(values, all).toHost()), all);
    }
  },

  /** Cut out of a larger array. */
  SLICED {
    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      return embedded(to, values, 1);
    }
  },

  /** Every third element of a larger array. */
  STRIDED {
    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      return embedded(to, values, 3);
    }
  },

  /** Equal along the first axis, stored once. */
  STRETCHED_FIRST {
    @Override
    Grid adapt(Grid values) {
      return Layout.levelled(values, 0);
    }

    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      return Layout.stretched(to, values, 0);
    }
  },

  /** Equal along the last axis, stored once. */
  STRETCHED_LAST {
    @Override
    Grid adapt(Grid values) {
      return Layout.levelled(values, values.shape().rank() - 1);
    }

    @Override
    <T> T arrange(Arranger<T> to, Grid values) {
      return Layout.stretched(to, values, values.shape().rank() - 1);
    }
  };

  /** The values an operand can have in this layout, from those wanted. */
  Grid adapt(Grid values) {
    return values;
  }

  /** Makes an operand with adapted values. */
  abstract <T> T arrange(Arranger<T> to, Grid values);

  private static <T> T embedded(Arranger<T> to, Grid values, int step) {
    int rank = values.shape().rank();
    int[] margin = new int[rank];
    int[] interior = new int[rank];
    int[] stop = new int[rank];
    int[] steps = new int[rank];
    Arrays.fill(margin, 2);
    Arrays.fill(interior, step - 1);
    Arrays.fill(steps, step);
    HostArray larger =
        MoveOracles.pad(values, margin, margin, interior, poison(values.dtype())).toHost();
    Arrays.setAll(stop, i -> larger.shape().dim(i) - 2);
    return to.slice(to.upload(larger), margin, stop, steps);
  }

  private static double poison(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64 -> Double.NaN;
      case INT64 -> -987_654_321_987L;
      case BOOL -> 1;
    };
  }

  private static Grid levelled(Grid values, int axis) {
    if (values.shape().rank() == 0) {
      return values;
    }
    return Grid.fill(
        values.shape(),
        values.dtype(),
        index -> {
          int[] first = index.clone();
          first[axis] = 0;
          return values.at(first);
        });
  }

  private static <T> T stretched(Arranger<T> to, Grid values, int axis) {
    Shape shape = values.shape();
    if (shape.isEmpty() || shape.rank() == 0) {
      return to.upload(values.toHost());
    }
    Grid once = Grid.fill(shape.with(axis, 1), values.dtype(), values::at);
    return to.stretch(to.upload(once.toHost()), shape);
  }
}
