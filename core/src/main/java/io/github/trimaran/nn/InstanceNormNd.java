package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.SampleNorm;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Instance normalisation whatever the axes behind the channels.
 *
 * @param <L> the layer itself, which its methods return changed
 */
abstract class InstanceNormNd<L extends InstanceNormNd<L>> extends Layer {

  private final int channels;
  private final double epsilon;
  private final Variable weight;
  private final Variable bias;

  InstanceNormNd(int channels, double epsilon, boolean affine) {
    if (channels < 1) {
      throw error("channels must be at least 1, are " + channels);
    }
    this.channels = channels;
    this.epsilon = epsilon;
    Shape shape = Shape.of(channels);
    weight = affine ? parameter("weight", Parameter.Role.NORM, shape, Initializers.ones()) : null;
    bias = affine ? parameter("bias", Parameter.Role.NORM, shape, Initializers.zeros()) : null;
  }

  /** The same layer made anew. */
  abstract L with(int sameChannels, double newEpsilon, boolean affine);

  /** The axes of the input, such as {@code "L]"} behind {@code [N, C,}. */
  abstract String places();

  /** The same with another addition to the variance. */
  public L epsilon(double newEpsilon) {
    requireNotInitialised("epsilon");
    return with(channels, newEpsilon, weight != null);
  }

  /** The same with weight and bias, which it has not unless asked for. */
  public L withAffine() {
    requireNotInitialised("weight and bias");
    return with(channels, epsilon, true);
  }

  /**
   * {@code [C]}.
   *
   * @throws IllegalStateException if it was made without
   */
  public final Variable weight() {
    return required("weight", weight);
  }

  /**
   * {@code [C]}.
   *
   * @throws IllegalStateException if it was made without
   */
  public final Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected final String describe() {
    return channels
        + (epsilon == 1e-5 ? "" : ", epsilon " + epsilon)
        + (weight == null ? "" : ", with affine");
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    Shape shape = x.shape();
    int rank = 2 + places().split(", ", -1).length;
    if (shape.rank() != rank || shape.dim(1) != channels) {
      throw error("input must be [N, " + channels + ", " + places() + "], is " + shape);
    }
    List<Tensor> affine = weight == null ? List.of() : List.of(weight.tensor(), bias.tensor());
    return SampleNorm.groups(x, channels, affine, epsilon);
  }

  @Override
  public final Form form() {
    return Form.of("channels", channels)
        .with("epsilon", epsilon, 1e-5)
        .with("affine", weight != null, false);
  }
}
