package io.github.trimaran.conformance;

import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Definitions of the operations that move elements: where each element of the result comes from.
 */
final class MoveOracles {

  private MoveOracles() {}

  static Grid reshape(Grid a, Shape shape) {
    return new Grid(shape, a.dtype(), a.values());
  }

  static Grid broadcastTo(Grid a, Shape shape) {
    return Grid.fill(shape, a.dtype(), a::stretchedAt);
  }

  static Grid permute(Grid a, int... axes) {
    int[] extents = new int[axes.length];
    Arrays.setAll(extents, i -> a.dim(axes[i]));
    return Grid.fill(
        Shape.of(extents),
        a.dtype(),
        index -> {
          int[] source = new int[axes.length];
          for (int i = 0; i < axes.length; i++) {
            source[axes[i]] = index[i];
          }
          return a.at(source);
        });
  }

  static Grid flip(Grid a, int... axes) {
    return Grid.fill(
        a.shape(),
        a.dtype(),
        index -> {
          int[] source = index.clone();
          for (int axis : axes) {
            source[axis] = a.dim(axis) - 1 - index[axis];
          }
          return a.at(source);
        });
  }

  static Grid slice(Grid a, int[] start, int[] stop, int[] step) {
    int[] extents = new int[start.length];
    for (int axis = 0; axis < start.length; axis++) {
      for (long i = start[axis]; i < stop[axis]; i += step[axis]) {
        extents[axis]++;
      }
    }
    return Grid.fill(
        Shape.of(extents),
        a.dtype(),
        index -> {
          int[] source = new int[index.length];
          Arrays.setAll(source, i -> start[i] + index[i] * step[i]);
          return a.at(source);
        });
  }

  static Grid pad(Grid a, int[] before, int[] after, int[] interior, double value) {
    int[] extents = new int[before.length];
    for (int axis = 0; axis < extents.length; axis++) {
      int gaps = a.dim(axis) == 0 ? 0 : a.dim(axis) - 1;
      extents[axis] = before[axis] + a.dim(axis) + gaps * interior[axis] + after[axis];
    }
    return Grid.fill(
        Shape.of(extents),
        a.dtype(),
        index -> {
          int[] source = new int[index.length];
          for (int axis = 0; axis < index.length; axis++) {
            int from = index[axis] - before[axis];
            source[axis] = Math.floorDiv(from, interior[axis] + 1);
            boolean between = Math.floorMod(from, interior[axis] + 1) != 0;
            if (between || source[axis] < 0 || source[axis] >= a.dim(axis)) {
              return value;
            }
          }
          return a.at(source);
        });
  }

  static Grid concat(List<Grid> parts, int axis) {
    int extent = parts.stream().mapToInt(part -> part.dim(axis)).sum();
    Grid first = parts.get(0);
    return Grid.fill(
        first.shape().with(axis, extent),
        first.dtype(),
        index -> {
          int[] source = index.clone();
          int part = 0;
          while (source[axis] >= parts.get(part).dim(axis)) {
            source[axis] -= parts.get(part).dim(axis);
            part++;
          }
          return parts.get(part).at(source);
        });
  }

  static Grid gather(Grid a, int axis, Grid indices) {
    return Grid.fill(
        indices.shape(),
        a.dtype(),
        index -> {
          int[] source = index.clone();
          source[axis] = (int) indices.at(index);
          return a.at(source);
        });
  }

  static Grid scatterAdd(Grid values, int axis, Grid indices, int size) {
    return Grid.fill(
        values.shape().with(axis, size),
        values.dtype(),
        target -> {
          double sum = 0;
          int[] source = target.clone();
          for (int i = 0; i < values.dim(axis); i++) {
            source[axis] = i;
            if (indices.at(source) == target[axis]) {
              sum += values.at(source);
            }
          }
          return sum;
        });
  }
}
