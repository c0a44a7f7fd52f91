package io.github.trimaran.nn;

/**
 * One-dimensional convolution over a line, such as a time series: {@code [N, C, L] -> [N, F, OL]}.
 *
 * <pre>{@code
 * Layer wave = new Conv1d(2, 16, 5).stride(2).padding(2);   // [N, 2, 100] -> [N, 16, 50]
 * }</pre>
 *
 * <pre>
 * out[n, f, x] = bias[f] + sum over c, j of weight[f, c, j] * padded[n, c, x * stride + j * dilation]
 * OL = floor((L + 2 padding - dilation (K - 1) - 1) / stride) + 1
 * </pre>
 *
 * <p>Parameters {@code weight [F, C/groups, K]} and {@code bias [F]}, first drawn as PyTorch does:
 * uniform with bound {@code 1 / sqrt(C/groups K)}.
 */
public final class Conv1d extends ConvNd<Conv1d> {

  private Conv1d(Settings settings) {
    super(settings, settings.outChannels(), settings.inChannels());
  }

  /** A kernel of that many elements, stride 1, no padding, with bias. */
  public Conv1d(int inChannels, int outChannels, int kernel) {
    this(Settings.of(inChannels, outChannels, kernel));
  }

  @Override
  Conv1d with(Settings changed) {
    return new Conv1d(changed);
  }

  /**
   * The same padded so that stride 1 keeps the length; an even kernel gets the odd zero on the
   * right. Set the dilation first.
   */
  public Conv1d samePadding() {
    return samePadded();
  }

  /** The same that sees other values than zeros beyond the edges. */
  public Conv1d paddingMode(PaddingMode mode) {
    return padded(mode);
  }
}
