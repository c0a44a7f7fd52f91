package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * The maximum of each channel, {@code [N, C, H, W] -> [N, C]}.
 *
 * <pre>{@code
 * Layer head = new Sequential(new GlobalMaxPool(), new Linear(512, 10));
 * }</pre>
 */
public final class GlobalMaxPool extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 4) {
      throw error("input must be [N, C, H, W], is " + x.shape());
    }
    int height = x.shape().dim(2);
    int width = x.shape().dim(3);
    Pool2dGeometry whole = Pool2dGeometry.window(height, width);
    return Pooling.maxPool2d(x, whole).reshape(x.shape().without(2, 3));
  }
}
