package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/** What is done along one axis where each place of the result looks at places of its own. */
final class Along {

  private Along() {}

  /** Takes these places along the axis. */
  static Tensor select(Tensor x, int axis, long... places) {
    return x.indexSelect(axis, Tensor.of(x.backend(), places, places.length));
  }

  /** The largest under each window, the first of equal ones; shorter windows repeat a place. */
  static Tensor max(Tensor x, int axis, int[][] windows) {
    int longest = 1;
    for (int[] window : windows) {
      longest = Math.max(longest, window.length);
    }
    long[] places = new long[windows.length * longest];
    for (int i = 0; i < places.length; i++) {
      int[] window = windows[i / longest];
      places[i] = window[Math.min(i % longest, window.length - 1)];
    }
    Tensor seen = select(x, axis, places);
    int[] apart = new int[x.shape().rank() + 1];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = i <= axis ? x.shape().dim(i) : x.shape().dim(i - 1);
    }
    apart[axis] = windows.length;
    apart[axis + 1] = longest;
    Tensor split = seen.reshape(Shape.of(apart));
    Tensor first = split.argMax(axis + 1).unsqueeze(axis + 1);
    return split.gather(axis + 1, first).squeeze(axis + 1);
  }

  /**
   * Weighted sums along the axis, as a matrix product.
   *
   * @param weights {@code [results][places]}
   */
  static Tensor weighted(Tensor x, int axis, double[][] weights) {
    int places = x.shape().dim(axis);
    HostArray matrix = HostArray.zeros(Shape.of(places, weights.length), x.dtype());
    for (int result = 0; result < weights.length; result++) {
      for (int place = 0; place < places; place++) {
        matrix.set(place * weights.length + result, weights[result][place]);
      }
    }
    Tensor last = x.transpose(axis, -1);
    Tensor rows = last.reshape(-1, places).matmul(Tensor.of(x.backend(), matrix));
    int rank = x.shape().rank();
    return rows.reshape(last.shape().with(rank - 1, weights.length)).transpose(axis, -1);
  }
}
