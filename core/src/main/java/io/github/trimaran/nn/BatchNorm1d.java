package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Batch normalisation of {@code [N, C]} or {@code [N, C, L]} by channel (Ioffe and Szegedy 2015):
 * {@link BatchNorm2d} for features and for lines.
 *
 * <pre>{@code
 * Layer head = new Sequential(new Linear(64, 32), new BatchNorm1d(32), new ReLU());
 * }</pre>
 */
public final class BatchNorm1d extends BatchNormNd<BatchNorm1d> {

  private BatchNorm1d(Settings settings) {
    super(settings);
  }

  /** Of that many channels, momentum 0.1 and epsilon 1e-5. */
  public BatchNorm1d(int channels) {
    this(Settings.of(channels));
  }

  @Override
  BatchNorm1d with(Settings changed) {
    return new BatchNorm1d(changed);
  }

  @Override
  Tensor asImage(Tensor x) {
    Shape shape = x.shape();
    if ((shape.rank() != 2 && shape.rank() != 3) || shape.dim(1) != channels()) {
      throw error(
          "input must be [N, " + channels() + "] or [N, " + channels() + ", L], is " + shape);
    }
    return x.reshape(shape.dim(0), shape.dim(1), 1, shape.rank() == 2 ? 1 : shape.dim(2));
  }
}
