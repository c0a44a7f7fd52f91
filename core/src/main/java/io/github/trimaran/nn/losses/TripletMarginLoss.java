package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * Draws an anchor closer to a positive sample than to a negative one (Balntas et al. 2016): {@code
 * l = max(0, d(a, p) - d(a, n) + m)} with margin m and the distance {@code d(x, y) = ||x - y +
 * 1e-6||_q}.
 *
 * <pre>{@code
 * Tensor loss = new TripletMarginLoss().margin(0.3).of(anchors, positives, negatives);
 * }</pre>
 */
public final class TripletMarginLoss {

  private static final String NAME = "TripletMarginLoss";

  /** Added to differences, so that a distance of 0 has a derivative. */
  private static final double EPSILON = 1e-6;

  private final double margin;
  private final double norm;
  private final boolean swap;
  private final Reduction reduction;

  /** With margin 1 and Euclidean distance. */
  public TripletMarginLoss() {
    this(1, 2, false, Reduction.MEAN);
  }

  private TripletMarginLoss(double margin, double norm, boolean swap, Reduction reduction) {
    this.margin = margin;
    this.norm = norm;
    this.swap = swap;
    this.reduction = reduction;
  }

  /** The same with another margin. */
  public TripletMarginLoss margin(double other) {
    return new TripletMarginLoss(other, norm, swap, reduction);
  }

  /**
   * The same with another norm: 2 is Euclidean, 1 the sum of absolute differences.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public TripletMarginLoss norm(double q) {
    if (!(q >= 1)) {
      throw new IllegalArgumentException(NAME + ": norm must be at least 1, is " + q);
    }
    return new TripletMarginLoss(margin, q, swap, reduction);
  }

  /** The same where the distance to the negative is that of the anchor or positive, if smaller. */
  public TripletMarginLoss swap() {
    return new TripletMarginLoss(margin, norm, true, reduction);
  }

  /** The same, reduced in another way; {@link Reduction#MEAN} unless set. */
  public TripletMarginLoss reduction(Reduction other) {
    return new TripletMarginLoss(margin, norm, swap, other);
  }

  /**
   * The loss of a batch.
   *
   * @param anchor {@code [N, D]}; one loss for each vector along the last axis
   * @param positive what shall be near, like the anchor
   * @param negative what shall be far, like the anchor
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor of(Tensor anchor, Tensor positive, Tensor negative) {
    Checks.alike(NAME, "anchor", anchor, "positive", positive);
    Checks.alike(NAME, "anchor", anchor, "negative", negative);
    if (anchor.shape().rank() == 0) {
      throw Checks.error(NAME, "takes vectors [N, D]", "anchor", anchor, "positive", positive);
    }
    Tensor far = distance(anchor, negative);
    if (swap) {
      far = far.minimum(distance(positive, negative));
    }
    return reduction.of(Costs.of(distance(anchor, positive).sub(far).add(margin).relu()));
  }

  private Tensor distance(Tensor x, Tensor y) {
    Tensor difference = x.sub(y).add(EPSILON);
    if (norm == 2) {
      return difference.mul(difference).sum(-1).sqrt();
    }
    Tensor sizes = difference.abs();
    return norm == 1 ? sizes.sum(-1) : sizes.pow(norm).sum(-1).pow(1 / norm);
  }
}
