package io.github.trimaran.nn;

/**
 * Normalises each channel of each sample by itself, for images: {@code [N, C, H, W] -> same}
 * (Ulyanov et al. 2016).
 *
 * <pre>{@code
 * Layer norm = new InstanceNorm2d(16);
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
public final class InstanceNorm2d extends InstanceNormNd<InstanceNorm2d> {

  private InstanceNorm2d(int channels, double epsilon, boolean affine) {
    super(channels, epsilon, affine);
  }

  /** Of that many channels; epsilon 1e-5. */
  public InstanceNorm2d(int channels) {
    this(channels, 1e-5, false);
  }

  @Override
  InstanceNorm2d with(int sameChannels, double newEpsilon, boolean affine) {
    return new InstanceNorm2d(sameChannels, newEpsilon, affine);
  }

  @Override
  String places() {
    return "H, W";
  }
}
