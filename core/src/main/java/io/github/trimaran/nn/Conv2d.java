package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;

/**
 * Two-dimensional convolution, {@code [N, C, H, W] -> [N, F, OH, OW]}; formula in {@link
 * Conv2dGeometry}. Parameters {@code weight [F, C/groups, KH, KW]} and {@code bias [F]}, first
 * drawn as PyTorch does: uniform with bound {@code 1 / sqrt(C/groups KH KW)}.
 *
 * <pre>{@code
 * Layer conv = new Conv2d(3, 32, 7).padding(3).weightInit(Initializers.heNormal());
 * Layer wide = new Conv2d(1, 8, 1, 9).stride(1, 2).padding(0, 4);   // 1 x 9, along the rows
 * }</pre>
 */
public final class Conv2d extends ConvNd<Conv2d> {

  private Conv2d(Settings settings) {
    super(settings, settings.outChannels(), settings.inChannels());
  }

  /** A square kernel, stride 1, no padding, with bias. */
  public Conv2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, kernel);
  }

  /** A kernel of {@code kernelH} rows and {@code kernelW} columns. */
  public Conv2d(int inChannels, int outChannels, int kernelH, int kernelW) {
    this(Settings.of(inChannels, outChannels, kernelH, kernelW));
  }

  @Override
  Conv2d with(Settings changed) {
    return new Conv2d(changed);
  }

  /** The same with that many rows and columns from one window to the next. */
  public Conv2d stride(int height, int width) {
    return moved(geometry().withStride(height, width));
  }

  /** The same with that many rows of zeros above and below, and columns left and right. */
  public Conv2d padding(int height, int width) {
    return moved(geometry().withPadding(height, width));
  }

  /** The same with elements of the window that many rows and columns apart. */
  public Conv2d dilation(int height, int width) {
    return moved(geometry().withDilation(height, width));
  }

  /**
   * The same padded so that stride 1 keeps height and width; an even kernel gets the odd row or
   * column below or on the right. Set the dilation first.
   */
  public Conv2d samePadding() {
    return samePadded();
  }

  /** The same that sees other values than zeros beyond the edges. */
  public Conv2d paddingMode(PaddingMode mode) {
    return padded(mode);
  }

  @Override
  protected boolean addsInOnePass() {
    return isBiased();
  }

  @Override
  protected Tensor computeAdded(Tensor x, Tensor added, boolean relu, Mode mode) {
    requireInput(x);
    return Convolution.conv2d(
        padded(x), weight().tensor(), bias().tensor(), added, geometryOfPadded(), relu);
  }
}
