package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * What average pools share.
 *
 * @param <L> the layer itself
 */
abstract class AvgPoolNd<L extends AvgPoolNd<L>> extends PoolNd<L> {

  AvgPoolNd(Pool2dGeometry geometry, boolean line) {
    super(geometry, line);
  }

  /** The same dividing by the elements under the window alone, not by padding too. */
  public L withoutCountingPadding() {
    return with(geometry().withCountIncludePad(false));
  }

  @Override
  protected final String describe() {
    return super.describe() + (geometry().countIncludePad() ? "" : ", without counting padding");
  }

  @Override
  final Tensor pooled(Tensor image, Pool2dGeometry windows) {
    return Pooling.avgPool2d(image, windows);
  }

  @Override
  public final Form form() {
    return super.form().with("count_padding", geometry().countIncludePad(), true);
  }
}
