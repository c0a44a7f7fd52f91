package io.github.trimaran.tensor;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * Pooling and resampling along one axis, where each place of the result looks at places of the
 * operand of its own. Over an image that is done along one axis and then along the other.
 */
final class AxisWindows {

  private AxisWindows() {}

  /**
   * The maximum under each window, the first of equal ones.
   *
   * @param windows the places that each result looks at, in ascending order, at least one
   */
  static Tensor max(Tensor a, int axis, int[][] windows) {
    int longest = 1;
    for (int[] window : windows) {
      longest = Math.max(longest, window.length);
    }
    long[] places = new long[windows.length * longest];
    for (int i = 0; i < places.length; i++) {
      int[] window = windows[i / longest];
      // Shorter windows look at their last place again, which never comes first.
      places[i] = window[Math.min(i % longest, window.length - 1)];
    }
    Tensor seen = a.indexSelect(axis, Tensor.of(a.backend(), places, places.length));
    Tensor apart = seen.reshape(split(seen.shape(), axis, windows.length, longest));
    Tensor first = apart.argMax(axis + 1).unsqueeze(axis + 1);
    return apart.gather(axis + 1, first).squeeze(axis + 1);
  }

  private static Shape split(Shape shape, int axis, int count, int length) {
    int[] extents = new int[shape.rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i <= axis ? shape.dim(i) : shape.dim(i - 1);
    }
    extents[axis] = count;
    extents[axis + 1] = length;
    return Shape.of(extents);
  }

  /**
   * Sums along the last axis but one or the last, weighted: a matrix product.
   *
   * @param weights {@code [results, places]}
   */
  static Tensor weighted(Tensor image, boolean rows, double[][] weights) {
    int places = image.shape().dim(rows ? -2 : -1);
    HostArray matrix = HostArray.zeros(Shape.of(weights.length, places), image.dtype());
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < places; j++) {
        matrix.set(i * places + j, weights[i][j]);
      }
    }
    Tensor map = Tensor.of(image.backend(), matrix);
    return rows ? map.matmul(image) : image.matmul(map.mT());
  }
}
