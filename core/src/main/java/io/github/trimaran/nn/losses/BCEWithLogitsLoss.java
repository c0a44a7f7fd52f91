package io.github.trimaran.nn.losses;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Binary cross entropy of logits, for yes-or-no questions and for samples with several labels: for
 * each element {@code l = -p y log(sigmoid(x)) - (1 - y) log(1 - sigmoid(x))}, without overflow
 * however large x is. The targets y are 0, 1 or probabilities; p weighs the positive ones, 1 unless
 * set.
 *
 * <pre>{@code
 * Tensor loss = new BCEWithLogitsLoss().positiveWeights(1, 1, 20).of(logits, targets);  // [N, 3]
 * }</pre>
 */
public final class BCEWithLogitsLoss extends Loss {

  /** Null for none. */
  private final double[] positiveWeights;

  /** With positive targets counting like negative ones. */
  public BCEWithLogitsLoss() {
    this(null, Reduction.MEAN);
  }

  private BCEWithLogitsLoss(double[] positiveWeights, Reduction reduction) {
    super(reduction);
    this.positiveWeights = positiveWeights;
  }

  /**
   * The same with other weights of positive targets, to even out how rare they are: one for all, or
   * one for each place along the last axis. As in PyTorch they do not count in the mean.
   */
  public BCEWithLogitsLoss positiveWeights(double... weights) {
    return new BCEWithLogitsLoss(weights.clone(), reduction());
  }

  @Override
  public BCEWithLogitsLoss reduction(Reduction other) {
    return new BCEWithLogitsLoss(positiveWeights, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    // Both cases share log(1 + e^-|x|). Left and right of 0 they are different formulas of one
    // function, so that derivatives of every order are right, at 0 too.
    Tensor below = outputs.less(0);
    Tensor doubt = Tensor.where(below, outputs, outputs.neg()).exp().log1p();
    Tensor ofYes = outputs.neg().maskedFill(below.logicalNot(), 0).add(doubt);
    Tensor ofNo = outputs.maskedFill(below, 0).add(doubt);
    Tensor yes = positiveWeights == null ? targets : targets.mul(weightsFor(outputs));
    return Costs.of(yes.mul(ofYes).add(targets.neg().add(1).mul(ofNo)));
  }

  private Tensor weightsFor(Tensor outputs) {
    Shape shape = positiveWeights.length == 1 ? Shape.scalar() : Shape.of(positiveWeights.length);
    if (!shape.broadcastsTo(outputs.shape())) {
      throw new IllegalArgumentException(
          name()
              + ": "
              + positiveWeights.length
              + " positive weights do not fit outputs "
              + outputs.shape()
              + "; give one, or as many as the last extent");
    }
    return Tensor.of(outputs.backend(), HostArray.of(positiveWeights, shape).to(outputs.dtype()));
  }
}
