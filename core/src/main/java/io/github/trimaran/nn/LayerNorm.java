package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.SampleNorm;
import io.github.trimaran.tensor.Tensor;

/**
 * Normalises each sample by itself, over its last axes: {@code [..., *normalized] -> same} (Ba et
 * al. 2016).
 *
 * <pre>{@code
 * Layer norm = new LayerNorm(128);         // [N, T, 128], over the last axis
 * Layer image = new LayerNorm(3, 8, 8);    // [N, 3, 8, 8], over the last three
 * }</pre>
 *
 * <pre>
 * y = weight * (x - mean) / sqrt(variance + epsilon) + bias
 * </pre>
 *
 * <p>Mean and biased variance are over the normalised axes. Parameters {@code weight} (first 1) and
 * {@code bias} (first 0) of the normalised shape.
 */
public final class LayerNorm extends Layer {

  private final Shape normalized;
  private final double epsilon;
  private final Variable weight;
  private final Variable bias;

  private LayerNorm(Shape normalized, double epsilon, boolean weighted, boolean biased) {
    if (normalized.rank() == 0 || normalized.isEmpty()) {
      throw error("the normalised shape must have elements, is " + normalized);
    }
    this.normalized = normalized;
    this.epsilon = epsilon;
    weight =
        weighted ? parameter("weight", Parameter.Role.NORM, normalized, Initializers.ones()) : null;
    bias = biased ? parameter("bias", Parameter.Role.NORM, normalized, Initializers.zeros()) : null;
  }

  /** Over the last axes, of these extents; epsilon 1e-5. */
  public LayerNorm(int... normalized) {
    this(Shape.of(normalized), 1e-5, true, true);
  }

  /** The same with another addition to the variance. */
  public LayerNorm epsilon(double newEpsilon) {
    requireNotInitialised("epsilon");
    return new LayerNorm(normalized, newEpsilon, weight != null, bias != null);
  }

  /** The same without bias. */
  public LayerNorm withoutBias() {
    requireNotInitialised("bias");
    return new LayerNorm(normalized, epsilon, weight != null, false);
  }

  /** The same with neither weight nor bias. */
  public LayerNorm withoutAffine() {
    requireNotInitialised("weight and bias");
    return new LayerNorm(normalized, epsilon, false, false);
  }

  /**
   * Of the normalised shape.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable weight() {
    return required("weight", weight);
  }

  /**
   * Of the normalised shape.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected String describe() {
    return normalized
        + (epsilon == 1e-5 ? "" : ", epsilon " + epsilon)
        + (weight == null ? ", without affine" : bias == null ? ", without bias" : "");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Normalized.requireEnd(this, x, normalized);
    Tensor y = SampleNorm.rows(x, x.shape().size() / normalized.size(), epsilon);
    Tensor scaled = weight == null ? y : y.mul(weight.tensor());
    return bias == null ? scaled : scaled.add(bias.tensor());
  }

  @Override
  public Form form() {
    return Form.of("shape", normalized)
        .with("epsilon", epsilon, 1e-5)
        .with("weight", weight != null, true)
        .with("bias", bias != null, true);
  }
}
