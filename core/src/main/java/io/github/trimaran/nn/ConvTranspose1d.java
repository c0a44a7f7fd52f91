package io.github.trimaran.nn;

/**
 * Transposed convolution over a line: {@code [N, C, L] -> [N, F, OL]}. Each input element adds its
 * multiple of the kernel to the output, {@code stride} further for each.
 *
 * <pre>{@code
 * Layer longer = new ConvTranspose1d(16, 2, 4).stride(2).padding(1);   // [N, 16, 50] -> [N, 2, 100]
 * }</pre>
 *
 * <pre>
 * OL = (L - 1) stride - 2 padding + dilation (K - 1) + outputPadding + 1
 * </pre>
 *
 * <p>Parameters {@code weight [C, F/groups, K]} and {@code bias [F]}, first drawn as PyTorch does:
 * uniform with bound {@code 1 / sqrt(F/groups K)}.
 */
public final class ConvTranspose1d extends ConvTransposeNd<ConvTranspose1d> {

  private ConvTranspose1d(Settings settings, int outputPadding) {
    super(settings, 0, outputPadding);
  }

  /** A kernel of that many elements, stride 1, no padding, with bias. */
  public ConvTranspose1d(int inChannels, int outChannels, int kernel) {
    this(Settings.of(inChannels, outChannels, kernel), 0);
  }

  @Override
  ConvTranspose1d with(Settings changed, int outputPadH, int outputPadW) {
    return new ConvTranspose1d(changed, outputPadW);
  }

  /** The same with that many more elements at the end, fewer than the stride. */
  public ConvTranspose1d outputPadding(int padding) {
    return outputPadded(0, padding);
  }
}
