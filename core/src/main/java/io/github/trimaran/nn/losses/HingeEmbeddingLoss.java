package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * For distances x of pairs that are alike, y = 1, or not, y = -1: for each element {@code l = x}
 * for those alike, {@code max(0, m - x)} for the others, with margin m. Targets are int64 or
 * floats.
 *
 * <pre>{@code
 * Tensor loss = new HingeEmbeddingLoss().margin(2).of(distances, signs);
 * }</pre>
 */
public final class HingeEmbeddingLoss extends Loss {

  private final double margin;

  /** With a margin of 1. */
  public HingeEmbeddingLoss() {
    this(1, Reduction.MEAN);
  }

  private HingeEmbeddingLoss(double margin, Reduction reduction) {
    super(reduction);
    this.margin = margin;
  }

  /** The same with another margin. */
  public HingeEmbeddingLoss margin(double other) {
    return new HingeEmbeddingLoss(other, reduction());
  }

  @Override
  public HingeEmbeddingLoss reduction(Reduction other) {
    return new HingeEmbeddingLoss(margin, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Tensor signs = Checks.signs(name(), outputs, targets);
    Checks.alike(name(), outputs, signs);
    return Costs.of(Tensor.where(signs.greater(0), outputs, outputs.neg().add(margin).relu()));
  }
}
