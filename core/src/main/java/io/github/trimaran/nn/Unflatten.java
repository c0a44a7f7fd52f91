package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * Splits an axis into several: the reverse of {@link Flatten}.
 *
 * <pre>{@code
 * Layer image = new Unflatten(1, 3, 8, 8);   // [N, 192] -> [N, 3, 8, 8]
 * }</pre>
 */
public final class Unflatten extends Layer {

  private final int axis;
  private final int[] extents;

  /** That axis into these extents, of which one may be -1: what the others leave. */
  public Unflatten(int axis, int... extents) {
    if (extents.length == 0) {
      throw error("needs at least one extent");
    }
    this.axis = axis;
    this.extents = extents.clone();
  }

  @Override
  protected String describe() {
    return "axis " + axis + ", " + Arrays.toString(extents);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape shape = x.shape();
    int along = shape.axis(kind(), axis);
    int[] split = Reshape.completed(this, shape.dim(along), extents, shape);
    int[] target = new int[shape.rank() - 1 + split.length];
    for (int i = 0; i < target.length; i++) {
      if (i < along) {
        target[i] = shape.dim(i);
      } else if (i < along + split.length) {
        target[i] = split[i - along];
      } else {
        target[i] = shape.dim(i - split.length + 1);
      }
    }
    return x.reshape(Shape.of(target));
  }

  @Override
  public Form form() {
    return Form.of("axis", axis).with("extents", extents);
  }
}
