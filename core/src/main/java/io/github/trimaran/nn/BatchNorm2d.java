package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;

/**
 * Batch normalisation of {@code [N, C, H, W]} by channel (Ioffe and Szegedy 2015):
 *
 * <pre>
 * y = weight * (x - mean) / sqrt(variance + epsilon) + bias
 * </pre>
 *
 * <p>In training, mean and (biased) variance are the batch's, and the running statistics move
 * towards them: {@code running = (1 - momentum) * running + momentum * batch}, with the unbiased
 * variance, as PyTorch does. In evaluation the running statistics are used. Parameters {@code
 * weight [C]} (first 1) and {@code bias [C]} (first 0); buffers {@code running_mean} and {@code
 * running_var}.
 */
public final class BatchNorm2d extends Layer {

  private final int channels;
  private final double momentum;
  private final double epsilon;
  private final boolean trainsWeight;
  private final Variable weight;
  private final Variable bias;
  private final Variable runningMean;
  private final Variable runningVariance;

  private BatchNorm2d(int channels, double momentum, double epsilon, boolean trainsWeight) {
    if (channels < 1) {
      throw new IllegalArgumentException(
          "BatchNorm2d: channels must be at least 1, are " + channels);
    }
    this.channels = channels;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.trainsWeight = trainsWeight;
    Shape shape = Shape.of(channels);
    weight =
        trainsWeight
            ? parameter("weight", Parameter.Role.NORM, shape, Initializers.ones())
            : buffer("weight", shape, Initializers.ones());
    bias = parameter("bias", Parameter.Role.NORM, shape, Initializers.zeros());
    runningMean = buffer("running_mean", shape, Initializers.zeros());
    runningVariance = buffer("running_var", shape, Initializers.ones());
  }

  /** Of that many channels, momentum 0.1 and epsilon 1e-5. */
  public BatchNorm2d(int channels) {
    this(channels, 0.1, 1e-5, true);
  }

  /** The same with another share of the newest batch in the running statistics, 0 to 1. */
  public BatchNorm2d momentum(double newMomentum) {
    requireNotInitialised("momentum");
    if (!(newMomentum >= 0 && newMomentum <= 1)) {
      throw new IllegalArgumentException("BatchNorm2d: momentum must be 0 to 1, is " + newMomentum);
    }
    return new BatchNorm2d(channels, newMomentum, epsilon, trainsWeight);
  }

  /** The same with another addition to the variance. */
  public BatchNorm2d epsilon(double newEpsilon) {
    requireNotInitialised("epsilon");
    return new BatchNorm2d(channels, momentum, newEpsilon, trainsWeight);
  }

  /** The same with a weight that stays 1: only the bias is trained. */
  public BatchNorm2d withoutWeight() {
    requireNotInitialised("weight");
    return new BatchNorm2d(channels, momentum, epsilon, false);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (!mode.isTraining()) {
      return BatchNorm.inference(
          x,
          weight.tensor(),
          bias.tensor(),
          runningMean.tensor(),
          runningVariance.tensor(),
          epsilon);
    }
    BatchNorm normed = BatchNorm.training(x, weight.tensor(), bias.tensor(), epsilon);
    double count = (double) x.shape().size() / channels;
    if (count < 2) {
      throw new IllegalArgumentException(
          "batchNorm: training needs at least two values a channel, input is " + x.shape());
    }
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the running statistics")) {
      moveTowards(runningMean.tensor(), normed.mean());
      moveTowards(runningVariance.tensor(), normed.variance().mul(count / (count - 1)));
    }
    return normed.output();
  }

  private void moveTowards(Tensor running, Tensor batch) {
    running.assign(running.mul(1 - momentum).add(batch.mul(momentum)));
  }
}
