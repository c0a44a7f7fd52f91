package io.github.trimaran.nn;

/**
 * Normalises each channel of each sample by itself, for lines: {@code [N, C, L] -> same} (Ulyanov
 * et al. 2016).
 *
 * <pre>{@code
 * Layer norm = new InstanceNorm1d(16);
 * }</pre>
 *
 * <pre>
 * y = (x - mean) / sqrt(variance + epsilon)
 * </pre>
 *
 * <p>Mean and biased variance are over a channel's places. As in PyTorch there is neither weight
 * nor bias unless asked for: parameters {@code weight [C]} (first 1) and {@code bias [C]} (first
 * 0).
 */
public final class InstanceNorm1d extends InstanceNormNd<InstanceNorm1d> {

  private InstanceNorm1d(int channels, double epsilon, boolean affine) {
    super(channels, epsilon, affine);
  }

  /** Of that many channels; epsilon 1e-5. */
  public InstanceNorm1d(int channels) {
    this(channels, 1e-5, false);
  }

  @Override
  InstanceNorm1d with(int sameChannels, double newEpsilon, boolean affine) {
    return new InstanceNorm1d(sameChannels, newEpsilon, affine);
  }

  @Override
  String places() {
    return "L";
  }
}
