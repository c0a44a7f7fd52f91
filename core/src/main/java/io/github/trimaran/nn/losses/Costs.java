package io.github.trimaran.nn.losses;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * The losses of samples or elements, their weights multiplied in: what a {@link Loss} computes
 * before it is reduced.
 *
 * <pre>{@code
 * return Costs.of(outputs.sub(targets).abs());
 * }</pre>
 *
 * @param counts what each counts in the mean, of the shape of the losses; null for 1
 */
public record Costs(Tensor losses, Tensor counts) {

  /** Losses that count 1 each. */
  public static Costs of(Tensor losses) {
    return new Costs(losses, null);
  }

  /** What they count together: how many they are, unless weighted. */
  public double count() {
    return counts == null ? losses.shape().size() : counts.sum().item();
  }

  /** The same with these weights besides, see {@link Loss#of(Tensor, Tensor, Tensor)}. */
  Costs weighted(String name, Tensor weights) {
    Tensor each = perLoss(name, weights);
    if (each.dtype() != DType.BOOL) {
      return new Costs(losses.mul(each), counts == null ? each : counts.mul(each));
    }
    // Selected, not multiplied: what is left out may be infinite or NaN.
    Tensor kept = each.to(losses.dtype());
    return new Costs(
        losses.maskedFill(each.logicalNot(), 0), counts == null ? kept : counts.mul(kept));
  }

  /** The weights stretched over the last axes of the losses. */
  private Tensor perLoss(String name, Tensor weights) {
    Shape shape = losses.shape();
    int rank = weights.shape().rank();
    if (weights.dtype() != losses.dtype() && weights.dtype() != DType.BOOL) {
      throw Checks.error(
          name,
          "weights must be " + losses.dtype() + " like the outputs, or bool",
          "losses",
          losses,
          "weights",
          weights);
    }
    if (rank > shape.rank()
        || !Arrays.equals(weights.shape().dims(), Arrays.copyOf(shape.dims(), rank))) {
      throw Checks.error(
          name,
          "weights must have the first extents of the losses, one a sample or one a loss",
          "losses",
          losses,
          "weights",
          weights);
    }
    int[] extents = new int[shape.rank()];
    Arrays.fill(extents, 1);
    System.arraycopy(weights.shape().dims(), 0, extents, 0, rank);
    return weights.reshape(extents).broadcastTo(shape);
  }
}
