package io.github.trimaran.nn;

/**
 * Transposed convolution, {@code [N, C, H, W] -> [N, F, OH, OW]} (Zeiler et al. 2010). Each input
 * pixel adds its multiple of the kernel to the output, {@code stride} further for each: the adjoint
 * of {@link Conv2d}, which enlarges where that shrinks.
 *
 * <pre>{@code
 * Layer twice = new ConvTranspose2d(64, 32, 3).stride(2).padding(1).outputPadding(1);   // H and W
 * }</pre>
 *
 * <pre>
 * OH = (H - 1) stride - 2 padding + dilation (KH - 1) + outputPadding + 1
 * </pre>
 *
 * <p>Parameters {@code weight [C, F/groups, KH, KW]} and {@code bias [F]}, first drawn as PyTorch
 * does: uniform with bound {@code 1 / sqrt(F/groups KH KW)}.
 */
public final class ConvTranspose2d extends ConvTransposeNd<ConvTranspose2d> {

  private ConvTranspose2d(Settings settings, int outputPaddingH, int outputPaddingW) {
    super(settings, outputPaddingH, outputPaddingW);
  }

  /** A square kernel, stride 1, no padding, with bias. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, kernel);
  }

  /** A kernel of {@code kernelH} rows and {@code kernelW} columns. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernelH, int kernelW) {
    this(Settings.of(inChannels, outChannels, kernelH, kernelW), 0, 0);
  }

  @Override
  ConvTranspose2d with(Settings changed, int outputPadH, int outputPadW) {
    return new ConvTranspose2d(changed, outputPadH, outputPadW);
  }

  /** The same with input pixels that many rows and columns apart in the output. */
  public ConvTranspose2d stride(int height, int width) {
    return moved(geometry().withStride(height, width));
  }

  /** The same with that many rows and columns cut off on both sides of the output. */
  public ConvTranspose2d padding(int height, int width) {
    return moved(geometry().withPadding(height, width));
  }

  /** The same with elements of the kernel that many rows and columns apart. */
  public ConvTranspose2d dilation(int height, int width) {
    return moved(geometry().withDilation(height, width));
  }

  /** The same with that many more rows below and columns on the right, fewer than the stride. */
  public ConvTranspose2d outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /** The same with that many more rows below, and columns on the right. */
  public ConvTranspose2d outputPadding(int height, int width) {
    return outputPadded(height, width);
  }
}
