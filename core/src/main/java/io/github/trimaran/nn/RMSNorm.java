package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Divides each sample by its root mean square over the last axes: {@code [..., *normalized] ->
 * same} (Zhang and Sennrich 2019).
 *
 * <pre>{@code
 * Layer norm = new RMSNorm(128);           // [N, T, 128]
 * }</pre>
 *
 * <pre>
 * y = weight * x / sqrt(mean(x^2) + epsilon)
 * </pre>
 *
 * <p>Parameter {@code weight} of the normalised shape, first 1. The usual epsilon is the rounding
 * unit of the dtype, as in PyTorch: 1.19e-7 in float32.
 */
public final class RMSNorm extends Layer {

  private final Shape normalized;
  private final Double epsilon;
  private final Variable weight;

  /** A null epsilon is the dtype's. */
  private RMSNorm(Shape normalized, Double epsilon, boolean weighted) {
    if (normalized.rank() == 0 || normalized.isEmpty()) {
      throw error("the normalised shape must have elements, is " + normalized);
    }
    this.normalized = normalized;
    this.epsilon = epsilon;
    weight =
        weighted ? parameter("weight", Parameter.Role.NORM, normalized, Initializers.ones()) : null;
  }

  /** Over the last axes, of these extents. */
  public RMSNorm(int... normalized) {
    this(Shape.of(normalized), null, true);
  }

  /** The same with another addition to the mean square. */
  public RMSNorm epsilon(double newEpsilon) {
    requireNotInitialised("epsilon");
    return new RMSNorm(normalized, newEpsilon, weight != null);
  }

  /** The same without weight. */
  public RMSNorm withoutAffine() {
    requireNotInitialised("weight");
    return new RMSNorm(normalized, epsilon, false);
  }

  /**
   * Of the normalised shape.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable weight() {
    return required("weight", weight);
  }

  @Override
  protected String describe() {
    return normalized
        + (epsilon == null ? "" : ", epsilon " + epsilon)
        + (weight == null ? ", without affine" : "");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Normalized.requireEnd(this, x, normalized);
    int[] axes = new int[normalized.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = x.shape().rank() - axes.length + i;
    }
    Tensor square = x.mul(x).sumKeepDims(axes).div(normalized.size());
    Tensor y = x.mul(square.add(epsilonOf(x.dtype())).pow(-0.5));
    return weight == null ? y : y.mul(weight.tensor());
  }

  private double epsilonOf(DType dtype) {
    if (epsilon != null) {
      return epsilon;
    }
    return dtype == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }

  @Override
  public Form form() {
    return Form.of("shape", normalized)
        .with("epsilon", epsilon, null)
        .with("weight", weight != null, true);
  }
}
