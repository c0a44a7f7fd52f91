package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * Gives each sample another shape: {@code [N, ...] -> [N, *extents]}.
 *
 * <pre>{@code
 * Layer image = new Reshape(3, 8, 8);   // [N, 192] -> [N, 3, 8, 8]
 * Layer tokens = new Reshape(-1, 16);   // [N, 4, 64] -> [N, 16, 16]
 * }</pre>
 */
public final class Reshape extends Layer {

  private final int[] extents;

  /** These extents behind the first axis; one may be -1: what the others leave. */
  public Reshape(int... extents) {
    this.extents = extents.clone();
  }

  @Override
  protected String describe() {
    return Arrays.toString(extents);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape shape = x.shape();
    if (shape.rank() < 1) {
      throw error("input must be [N, ...], is " + shape);
    }
    int[] sample = completed(this, shape.without(0).size(), extents, shape);
    int[] target = new int[sample.length + 1];
    target[0] = shape.dim(0);
    System.arraycopy(sample, 0, target, 1, sample.length);
    return x.reshape(Shape.of(target));
  }

  /** The extents with -1 replaced by what the others leave of {@code size} elements. */
  static int[] completed(Model layer, int size, int[] extents, Shape input) {
    int[] complete = extents.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == -1 && open < 0) {
        open = i;
      } else {
        known *= extents[i];
      }
    }
    if (open >= 0 && known > 0 && size % known == 0) {
      complete[open] = (int) (size / known);
    } else if (open >= 0 || known != size) {
      throw layer.error(
          size + " elements do not fill " + Arrays.toString(extents) + ", input is " + input);
    }
    return complete;
  }

  @Override
  public Form form() {
    return Form.of("extents", extents);
  }
}
