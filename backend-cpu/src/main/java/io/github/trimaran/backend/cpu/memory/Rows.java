package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * Walks two layouts of one shape together, row by row, in row-major order.
 *
 * <p>Axes that have no gap between them in either layout count as one, so rows are as long as can
 * be: a dense array is a single row.
 */
public final class Rows {

  private final int[] extents;
  private final int[] strides;
  private final int[] otherStrides;
  private final int offset;
  private final int otherOffset;

  private Rows(Layout a, Layout b) {
    Shape shape = a.shape();
    int[] kept = new int[shape.rank()];
    int[] keptA = new int[shape.rank()];
    int[] keptB = new int[shape.rank()];
    int rank = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int extent = shape.dim(axis);
      if (extent == 1) {
        continue;
      }
      boolean gapless =
          rank > 0
              && keptA[rank - 1] == a.stride(axis) * extent
              && keptB[rank - 1] == b.stride(axis) * extent;
      if (gapless) {
        kept[rank - 1] *= extent;
      } else {
        kept[rank++] = extent;
      }
      keptA[rank - 1] = a.stride(axis);
      keptB[rank - 1] = b.stride(axis);
    }
    this.extents = Arrays.copyOf(kept, Math.max(rank, 1));
    this.strides = Arrays.copyOf(keptA, Math.max(rank, 1));
    this.otherStrides = Arrays.copyOf(keptB, Math.max(rank, 1));
    if (rank == 0) {
      extents[0] = shape.size();
    }
    this.offset = a.offset();
    this.otherOffset = b.offset();
  }

  /** Two layouts of the same shape. */
  public static Rows of(Layout a, Layout b) {
    return new Rows(a, b);
  }

  /** One layout; the other address is the row-major position. */
  public static Rows of(Layout a) {
    return new Rows(a, Layout.dense(a.shape()));
  }

  /** The first layout's step from element to element of a row. */
  public int stride() {
    return strides[strides.length - 1];
  }

  /** The second layout's step from element to element of a row. */
  int otherStride() {
    return otherStrides[otherStrides.length - 1];
  }

  /** What is done with a row, or a part of one. */
  @FunctionalInterface
  public interface Visitor {
    /** {@code count} elements, the first at these addresses of the two layouts. */
    void row(int address, int otherAddress, int count);
  }

  /** Visits elements {@code from} to {@code to - 1} of the row-major order. */
  public void visit(int from, int to, Visitor visitor) {
    if (from >= to) {
      return;
    }
    int inner = extents.length - 1;
    int[] index = new int[extents.length];
    int rest = from;
    int address = offset;
    int other = otherOffset;
    for (int axis = inner; axis >= 0; axis--) {
      index[axis] = rest % extents[axis];
      rest /= extents[axis];
      address += index[axis] * strides[axis];
      other += index[axis] * otherStrides[axis];
    }
    int left = to - from;
    while (true) {
      int count = Math.min(extents[inner] - index[inner], left);
      visitor.row(address, other, count);
      left -= count;
      if (left == 0) {
        return;
      }
      address -= index[inner] * strides[inner];
      other -= index[inner] * otherStrides[inner];
      index[inner] = 0;
      int axis = inner - 1;
      while (++index[axis] == extents[axis]) {
        index[axis] = 0;
        address -= (extents[axis] - 1) * strides[axis];
        other -= (extents[axis] - 1) * otherStrides[axis];
        axis--;
      }
      address += strides[axis];
      other += otherStrides[axis];
    }
  }
}
