package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Tensor;

/**
 * What pools over a line and over an image share. A line is pooled as an image of one row.
 *
 * @param <L> the layer itself, which its methods return changed
 */
abstract class PoolNd<L extends PoolNd<L>> extends Layer {

  private final Pool2dGeometry geometry;
  private final boolean line;

  PoolNd(Pool2dGeometry geometry, boolean line) {
    this.geometry = geometry;
    this.line = line;
  }

  /** Windows over a line. */
  static Pool2dGeometry lineWindows(int kernel, int stride) {
    return Pool2dGeometry.window(1, kernel).withStride(1, stride);
  }

  /** The same layer made anew. */
  abstract L with(Pool2dGeometry changed);

  /** Pools an image. */
  abstract Tensor pooled(Tensor image, Pool2dGeometry windows);

  /** How the windows move. */
  final Pool2dGeometry geometry() {
    return geometry;
  }

  final boolean isLine() {
    return line;
  }

  /** The same with windows that far apart. */
  public L stride(int stride) {
    return with(geometry.withStride(line ? 1 : stride, stride));
  }

  /** The same with that much padding on all sides, at most half the window. */
  public L padding(int padding) {
    return with(geometry.withPadding(line ? 0 : padding, padding));
  }

  /** The same, counting a last window that does not fit whole. */
  public L ceilMode() {
    return with(geometry.withCeilMode());
  }

  @Override
  protected String describe() {
    StringBuilder text = new StringBuilder();
    text.append(line ? "" : geometry.kernelH() + " x ").append(geometry.kernelW());
    if (geometry.strideH() != (line ? 1 : geometry.kernelH())
        || geometry.strideW() != geometry.kernelW()) {
      text.append(", stride ").append(pair(geometry.strideH(), geometry.strideW()));
    }
    if (geometry.padH() + geometry.padW() > 0) {
      text.append(", padding ").append(pair(geometry.padH(), geometry.padW()));
    }
    return text.append(geometry.ceilMode() ? ", ceil mode" : "").toString();
  }

  /** A setting for rows and columns, once where it is the same. */
  final String pair(int height, int width) {
    return line || height == width ? Integer.toString(width) : height + " x " + width;
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != (line ? 3 : 4)) {
      throw error("input must be " + (line ? "[N, C, L]" : "[N, C, H, W]") + ", is " + x.shape());
    }
    return line ? pooled(x.unsqueeze(2), geometry).squeeze(2) : pooled(x, geometry);
  }

  @Override
  public Form form() {
    return Form.of("kernel", new int[] {geometry.kernelH(), geometry.kernelW()})
        .with("stride", new int[] {geometry.strideH(), geometry.strideW()})
        .with("padding", new int[] {geometry.padH(), geometry.padW()})
        .with("ceil_mode", geometry.ceilMode(), false);
  }
}
