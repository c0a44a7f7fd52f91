package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * For pairs of vectors that shall point the same way, y = 1, or not, y = -1: with the cosine c of
 * their angle and margin m, {@code l = 1 - c} for the former, {@code max(0, c - m)} for the others.
 *
 * <pre>{@code
 * Tensor loss = new CosineEmbeddingLoss().margin(0.2).of(first, second, signs);
 * }</pre>
 */
public final class CosineEmbeddingLoss {

  private static final String NAME = "CosineEmbeddingLoss";

  /** Added to squared lengths, so that vectors of length 0 have a cosine, 0. */
  private static final double EPSILON = 1e-12;

  private final double margin;
  private final Reduction reduction;

  /** With a margin of 0. */
  public CosineEmbeddingLoss() {
    this(0, Reduction.MEAN);
  }

  private CosineEmbeddingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /** The same with another margin; from -1 to 1 makes sense. */
  public CosineEmbeddingLoss margin(double other) {
    return new CosineEmbeddingLoss(other, reduction);
  }

  /** The same, reduced in another way; {@link Reduction#MEAN} unless set. */
  public CosineEmbeddingLoss reduction(Reduction other) {
    return new CosineEmbeddingLoss(margin, other);
  }

  /**
   * The loss of a batch.
   *
   * @param first {@code [N, D]}; one loss for each vector along the last axis
   * @param second the others of the pairs, like the first
   * @param targets 1 or -1, {@code [N]}, int64 or floats
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor of(Tensor first, Tensor second, Tensor targets) {
    Checks.alike(NAME, "first", first, "second", second);
    Tensor signs = Checks.signs(NAME, first, targets);
    if (first.shape().rank() == 0
        || !signs.shape().equals(first.shape().without(first.shape().rank() - 1))) {
      throw Checks.error(
          NAME, "takes vectors [N, D] with targets [N]", "first", first, "targets", targets);
    }
    Tensor squares = squaredLength(first).mul(squaredLength(second));
    Tensor cosine = first.mul(second).sum(-1).div(squares.sqrt());
    Tensor each = Tensor.where(signs.greater(0), cosine.neg().add(1), cosine.sub(margin).relu());
    return reduction.of(Costs.of(each));
  }

  private static Tensor squaredLength(Tensor vectors) {
    return vectors.mul(vectors).sum(-1).add(EPSILON);
  }
}
