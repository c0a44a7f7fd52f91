package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Joins axes into one: all but the first unless told otherwise, {@code [N, ...] -> [N, D]}.
 *
 * <pre>{@code
 * Layer flat = new Flatten();        // [N, C, H, W] -> [N, C H W]
 * Layer places = new Flatten(2, 3);  // [N, C, H, W] -> [N, C, H W]
 * }</pre>
 */
public final class Flatten extends Layer {

  private final int first;
  private final int last;

  /** All axes but the first. */
  public Flatten() {
    this(1, -1);
  }

  /** The axes from the first to the last of these; negative ones count from the last of all. */
  public Flatten(int first, int last) {
    this.first = first;
    this.last = last;
  }

  @Override
  protected String describe() {
    return first == 1 && last == -1 ? "" : "axes " + first + " to " + last;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape shape = x.shape();
    if (first == 1 && last == -1 && shape.rank() == 1) {
      return x.unsqueeze(1);
    }
    int from = shape.axis(kind(), first);
    int to = shape.axis(kind(), last);
    if (from > to) {
      throw error("axis " + first + " lies behind axis " + last + " of the input " + shape);
    }
    long[] extents = new long[shape.rank() - (to - from)];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = shape.dim(i <= from ? i : i + to - from);
    }
    for (int axis = from + 1; axis <= to; axis++) {
      extents[from] *= shape.dim(axis);
    }
    return x.reshape(Shape.result(kind(), extents));
  }

  @Override
  public Form form() {
    return Form.of("first", first).with("last", last);
  }
}
