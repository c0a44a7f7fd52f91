package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Batch normalisation of {@code [N, C, H, W]} by channel (Ioffe and Szegedy 2015):
 *
 * <pre>{@code
 * Layer block = new Sequential(new Conv2d(3, 16, 3).withoutBias(), new BatchNorm2d(16), new ReLU());
 * }</pre>
 *
 * <pre>
 * y = weight * (x - mean) / sqrt(variance + epsilon) + bias
 * </pre>
 *
 * <p>In training, mean and (biased) variance are the batch's, and the running statistics move
 * towards them: {@code running = (1 - momentum) * running + momentum * batch}, with the unbiased
 * variance, as PyTorch does. In evaluation, and while the layer is frozen, the running statistics
 * are used. Parameters {@code weight [C]} (first 1) and {@code bias [C]} (first 0); buffers {@code
 * running_mean [C]}, {@code running_var [C]} and, int64, {@code num_batches_tracked []}, which
 * files may lack.
 */
public final class BatchNorm2d extends BatchNormNd<BatchNorm2d> {

  private BatchNorm2d(Settings settings) {
    super(settings);
  }

  /** Of that many channels, momentum 0.1 and epsilon 1e-5. */
  public BatchNorm2d(int channels) {
    this(Settings.of(channels));
  }

  @Override
  BatchNorm2d with(Settings changed) {
    return new BatchNorm2d(changed);
  }

  @Override
  Tensor asImage(Tensor x) {
    if (x.shape().rank() != 4 || x.shape().dim(1) != channels()) {
      throw error("input must be [N, " + channels() + ", H, W], is " + x.shape());
    }
    return x;
  }
}
