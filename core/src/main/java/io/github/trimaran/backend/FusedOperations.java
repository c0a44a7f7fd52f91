package io.github.trimaran.backend;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Operations that primitives can express but one pass does faster. Each default answers that this
 * backend does not fuse it, and {@code core} composes it of primitives; the composition is also
 * what is differentiated for gradients of higher order. A backend overrides those it gains from.
 *
 * @param <A> the array type
 */
public interface FusedOperations<A> {

  /** {@code a + c}. */
  default Optional<A> addScalar(A a, double c) {
    return Optional.empty();
  }

  /** {@code a * c}. */
  default Optional<A> mulScalar(A a, double c) {
    return Optional.empty();
  }

  /** {@code a / c}, the quotient {@link Backend#div} gives for a {@code c} of the dtype; floats. */
  default Optional<A> divScalar(A a, double c) {
    return Optional.empty();
  }

  /** {@code a} to the power {@code c}; floats. */
  default Optional<A> powScalar(A a, double c) {
    return Optional.empty();
  }

  /** {@code max(a, 0)}, NaN for NaN. */
  default Optional<A> relu(A a) {
    return Optional.empty();
  }

  /** {@code outputGrad} where {@code output}, a ReLU's, is above 0; else 0. Same shapes. */
  default Optional<A> reluGrad(A outputGrad, A output) {
    return Optional.empty();
  }

  /** {@code 1 / (1 + exp(-a))}, without overflow. */
  default Optional<A> sigmoid(A a) {
    return Optional.empty();
  }

  /**
   * {@code a / 2 (1 + tanh(sqrt(2 / pi) (a + 0.044715 a^3)))}, the tanh form of GELU (Hendrycks and
   * Gimpel 2016, section 2).
   */
  default Optional<A> gelu(A a) {
    return Optional.empty();
  }

  /** The gradient of {@link #gelu} to its input. Same shapes. */
  default Optional<A> geluGrad(A outputGrad, A input) {
    return Optional.empty();
  }

  /**
   * The affine map {@code x w^T + b}: {@code [N, D], [M, D], [M] -> [N, M]} (PyTorch's layout of
   * the weight), ReLU applied after if asked.
   */
  default Optional<A> linear(A input, A weight, A bias, boolean relu) {
    return Optional.empty();
  }

  /** Convolution plus {@code bias [F]}, ReLU applied after if asked. */
  default Optional<A> conv2dBias(A input, A weight, A bias, Conv2dGeometry geometry, boolean relu) {
    return Optional.empty();
  }

  /**
   * Convolution plus {@code bias [F]} plus {@code added}, of the result's shape; ReLU applied after
   * if asked.
   */
  default Optional<A> conv2dBiasAdd(
      A input, A weight, A bias, A added, Conv2dGeometry geometry, boolean relu) {
    return Optional.empty();
  }

  /**
   * Several convolutions of one input, each plus its bias, joined along the channels; ReLU applied
   * after if asked.
   *
   * @param operands the input, then weight and bias of each convolution
   * @param geometries of each
   */
  default Optional<A> conv2dBiasConcat(
      List<A> operands, boolean relu, Conv2dGeometry... geometries) {
    return Optional.empty();
  }

  /** Sum of {@code [N, F, H, W]} over all but the channel: the gradient of a convolution's bias. */
  default Optional<A> channelSum(A a) {
    return Optional.empty();
  }

  /** Values and indices (see {@link Backend#maxPool2dIndices}) in one pass. */
  default Optional<MaxPooled<A>> maxPool2d(A input, Pool2dGeometry geometry) {
    return Optional.empty();
  }

  /** The values of {@link #maxPool2d} alone, for where no gradient will be asked for. */
  default Optional<A> maxPool2dValues(A input, Pool2dGeometry geometry) {
    return Optional.empty();
  }

  /** {@code [N, C, OH, OW]} scattered to the indices of a max pooling: {@code -> inputShape}. */
  default Optional<A> maxPool2dGrad(
      A outputGrad, A indices, Shape inputShape, Pool2dGeometry geometry) {
    return Optional.empty();
  }

  /** Along the axis, the sum of all up to each. Numeric. */
  default Optional<A> cumSum(A a, int axis) {
    return Optional.empty();
  }

  /** {@code a - log(sum(exp(a)))} along the axis, without overflow. */
  default Optional<A> logSoftmax(A a, int axis) {
    return Optional.empty();
  }

  /**
   * The loss of each sample, {@code [N, K], INT64 [N] -> [N]}:
   *
   * <pre>
   * -(1 - smoothing) * logSoftmax(x)[n, label[n]] - smoothing / K * sum over k of logSoftmax(x)[n, k]
   * </pre>
   */
  default Optional<A> softmaxCrossEntropy(A logits, A labels, double smoothing) {
    return Optional.empty();
  }

  /**
   * The gradient of {@link #softmaxCrossEntropy} to the logits: {@code outputGrad [N] -> [N, K]}.
   */
  default Optional<A> softmaxCrossEntropyGrad(A outputGrad, A logits, A labels, double smoothing) {
    return Optional.empty();
  }

  /**
   * Batch normalisation of {@code [N, C, H, W]} with the batch's own mean and biased variance per
   * channel: {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} (Ioffe and Szegedy 2015).
   */
  default Optional<BatchNormed<A>> batchNorm(A input, A gamma, A beta, double epsilon) {
    return Optional.empty();
  }

  /**
   * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} of {@code [N, C, H, W]} with
   * statistics known before, all four {@code [C]}; ReLU applied after if asked.
   */
  default Optional<A> batchNormInference(
      A input, A gamma, A beta, A mean, A variance, double epsilon, boolean relu) {
    return Optional.empty();
  }

  /** The gradients of {@link #batchNorm}, given the batch's mean and biased variance. */
  default Optional<BatchNormGrads<A>> batchNormGrad(
      A outputGrad, A input, A gamma, A mean, A variance, double epsilon) {
    return Optional.empty();
  }

  /**
   * Mean and sum of squared distances from it of each channel of {@code [N, C, H, W]}: FLOAT64
   * {@code [2, C]}, from which several workers' are put together.
   */
  default Optional<A> channelMoments(A input) {
    return Optional.empty();
  }

  /**
   * The sums of {@code outputGrad} and of {@code outputGrad * (input - mean)} of each channel of
   * {@code [N, C, H, W]}: FLOAT64 {@code [2, C]}.
   *
   * @param mean FLOAT64 {@code [C]}
   */
  default Optional<A> channelProducts(A outputGrad, A input, A mean) {
    return Optional.empty();
  }

  /**
   * {@code f[0, c] * a + f[1, c]} of an array {@code a [N, C, H, W]}, or {@code f[0, c] * a + f[1,
   * c] * b + f[2, c]} of two of the same dtype.
   *
   * @param factors FLOAT64, a row more than there are arrays, {@code [2, C]} or {@code [3, C]}
   */
  default Optional<A> channelCombination(List<A> arrays, A factors) {
    return Optional.empty();
  }

  /**
   * {@link #batchNorm} with ReLU after it; mean and variance are those of the input. Its result may
   * be rounded differently.
   */
  default Optional<BatchNormed<A>> batchNormRelu(A input, A gamma, A beta, double epsilon) {
    return Optional.empty();
  }

  /**
   * The gradients of {@link #batchNormRelu}, given the batch's mean and biased variance; what ReLU
   * was taken of is worked out again.
   */
  default Optional<BatchNormGrads<A>> batchNormReluGrad(
      A outputGrad, A input, A gamma, A beta, A mean, A variance, double epsilon) {
    return Optional.empty();
  }

  /**
   * Normalisation of {@code [N, C, ...]} in groups of channels, each by its own mean and biased
   * variance (Wu and He 2018), for where no gradient will be asked for.
   *
   * @param affine nothing, or {@code gamma [C]} and {@code beta [C]} to multiply with and add
   */
  default Optional<A> groupNorm(A input, List<A> affine, int groups, double epsilon) {
    return Optional.empty();
  }

  /**
   * A layer of a recurrent network over whole sequences, for where no gradient will be asked for.
   *
   * @param input {@code [T, N, D]}
   * @param weights of each direction {@code W [gates H, D]} and {@code R [gates H, H]}, then its
   *     biases, {@code [gates H]} each, if it has any
   * @param states the first h and, of an LSTM, c: {@code [directions, N, H]}
   * @param lengths nothing, or INT64 {@code [N]}: how many steps each sequence has. Steps beyond
   *     leave its state as it is and give 0; going backward starts at its own end
   * @return each h, {@code [T, directions, N, H]}, then the last states like the first
   */
  default Optional<List<A>> recurrent(
      A input, List<A> weights, List<A> states, List<A> lengths, Recurrence layer) {
    return Optional.empty();
  }

  /**
   * In place: see {@link SgdStep}. {@code velocity} is null without momentum. False if not fused
   * here.
   */
  default boolean sgdUpdate(A parameter, A gradient, A velocity, SgdStep step) {
    return false;
  }

  /** In place: see {@link AdamStep}. False if not fused here. */
  default boolean adamUpdate(A parameter, A gradient, A mean, A square, AdamStep step) {
    return false;
  }

  /**
   * In place: see {@link RmsPropStep}. {@code velocity} is null without momentum. False if not
   * fused.
   */
  default boolean rmsPropUpdate(A parameter, A gradient, A square, A velocity, RmsPropStep step) {
    return false;
  }
}
