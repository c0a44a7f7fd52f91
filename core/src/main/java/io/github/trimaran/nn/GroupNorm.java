package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.SampleNorm;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Normalises each sample by itself, the channels in groups: {@code [N, C, ...] -> same} (Wu and He
 * 2018). With one group it normalises a whole sample, with as many as channels each channel.
 *
 * <pre>{@code
 * Layer norm = new GroupNorm(8, 64);       // 64 channels, 8 in a group
 * }</pre>
 *
 * <pre>
 * y = weight * (x - mean) / sqrt(variance + epsilon) + bias
 * </pre>
 *
 * <p>Mean and biased variance are over a group's channels and all places. Parameters {@code weight
 * [C]} (first 1) and {@code bias [C]} (first 0).
 */
public final class GroupNorm extends Layer {

  private final int groups;
  private final int channels;
  private final double epsilon;
  private final Variable weight;
  private final Variable bias;

  private GroupNorm(int groups, int channels, double epsilon, boolean affine) {
    if (groups < 1 || channels < 1 || channels % groups != 0) {
      throw error(channels + " channels do not divide into " + groups + " groups");
    }
    this.groups = groups;
    this.channels = channels;
    this.epsilon = epsilon;
    Shape shape = Shape.of(channels);
    weight = affine ? parameter("weight", Parameter.Role.NORM, shape, Initializers.ones()) : null;
    bias = affine ? parameter("bias", Parameter.Role.NORM, shape, Initializers.zeros()) : null;
  }

  /** That many groups of {@code channels / groups} each; epsilon 1e-5. */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, 1e-5, true);
  }

  /** The same with another addition to the variance. */
  public GroupNorm epsilon(double newEpsilon) {
    requireNotInitialised("epsilon");
    return new GroupNorm(groups, channels, newEpsilon, weight != null);
  }

  /** The same with neither weight nor bias. */
  public GroupNorm withoutAffine() {
    requireNotInitialised("weight and bias");
    return new GroupNorm(groups, channels, epsilon, false);
  }

  /**
   * {@code [C]}.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable weight() {
    return required("weight", weight);
  }

  /**
   * {@code [C]}.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected String describe() {
    return groups
        + ", "
        + channels
        + (epsilon == 1e-5 ? "" : ", epsilon " + epsilon)
        + (weight == null ? ", without affine" : "");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Normalized.requireChannels(this, x, channels);
    List<Tensor> affine = weight == null ? List.of() : List.of(weight.tensor(), bias.tensor());
    return SampleNorm.groups(x, groups, affine, epsilon);
  }

  @Override
  public Form form() {
    return Form.of("groups", groups)
        .with("channels", channels)
        .with("epsilon", epsilon, 1e-5)
        .with("affine", weight != null, true);
  }
}
