package io.github.trimaran.nn.attention;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;

/** Scores of queries and keys, what is added to them, and the pairs that are blocked. */
final class MaskedScores {

  /**
   * Stands for minus infinity, from which no NaN comes: its exponential is 0 beside any score, in
   * float32 too.
   */
  private static final double BLOCKED = -1e30;

  private Tensor scores;
  private Tensor blocked;

  /** Whether a query may be left without any key. */
  private boolean maySilence;

  MaskedScores(Tensor scores) {
    this.scores = scores;
  }

  /** Blocks what is true, which leaves each query a key. */
  void block(Tensor mask) {
    blocked = blocked == null ? mask : blocked.logicalOr(mask);
  }

  /** Adds floats, minus infinity blocking; or blocks what is true. */
  void add(Tensor mask) {
    maySilence = true;
    if (mask.dtype() == DType.BOOL) {
      block(mask);
      return;
    }
    Tensor infinite = mask.eq(Double.NEGATIVE_INFINITY);
    block(infinite);
    scores = scores.add(mask.maskedFill(infinite, 0));
  }

  /** The weights of the keys: each query's sum is 1, or 0 if all its keys are blocked. */
  Tensor weights() {
    if (blocked == null) {
      return scores.softmax(-1);
    }
    Tensor weights = scores.maskedFill(blocked, BLOCKED).softmax(-1);
    return maySilence ? weights.maskedFill(blocked, 0) : weights;
  }
}
