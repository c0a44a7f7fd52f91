package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * What max pools share: windows whose elements may lie apart.
 *
 * @param <L> the layer itself
 */
abstract class MaxPoolNd<L extends MaxPoolNd<L>> extends PoolNd<L> {

  private final int dilationH;
  private final int dilationW;

  MaxPoolNd(Pool2dGeometry geometry, boolean line, int dilationH, int dilationW) {
    super(geometry, line);
    this.dilationH = dilationH;
    this.dilationW = dilationW;
    if (dilationH < 1 || dilationW < 1) {
      throw error("dilation must be at least 1, is " + pair(dilationH, dilationW));
    }
  }

  /** The same layer made anew. */
  abstract L with(Pool2dGeometry changed, int height, int width);

  @Override
  final L with(Pool2dGeometry changed) {
    return with(changed, dilationH, dilationW);
  }

  /** The same with elements of the window that far apart. */
  public L dilation(int dilation) {
    return with(geometry(), isLine() ? 1 : dilation, dilation);
  }

  @Override
  protected final String describe() {
    return super.describe()
        + (dilationH == 1 && dilationW == 1 ? "" : ", dilation " + pair(dilationH, dilationW));
  }

  @Override
  final Tensor pooled(Tensor image, Pool2dGeometry windows) {
    return Pooling.maxPool2d(image, windows, dilationH, dilationW);
  }

  @Override
  public final Form form() {
    return super.form().with("dilation", new int[] {dilationH, dilationW});
  }
}
