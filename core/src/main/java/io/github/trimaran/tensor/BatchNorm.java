package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Batch normalisation of {@code [N, C, H, W]} by channel (Ioffe and Szegedy 2015, algorithm 1).
 *
 * <pre>{@code
 * BatchNorm normed = BatchNorm.training(images, gamma, beta, 1e-5);
 * Tensor y = normed.output();
 * Tensor later = BatchNorm.inference(images, gamma, beta, normed.mean(), normed.variance(), 1e-5);
 * }</pre>
 *
 * @param output {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}
 * @param mean of the batch, {@code [C]}; carries no gradient
 * @param variance of the batch, biased (divided by N H W), {@code [C]}; carries no gradient
 */
public record BatchNorm(Tensor output, Tensor mean, Tensor variance) {

  private static final String NAME = "batchNorm";

  /**
   * Normalises with the batch's own statistics, for training.
   *
   * @param gamma {@code [C]}
   * @param beta {@code [C]}
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or a channel has no elements
   */
  public static BatchNorm training(Tensor input, Tensor gamma, Tensor beta, double epsilon) {
    requireSome(input, gamma, beta);
    Backend<Object> backend = input.backend();
    Optional<BatchNormed<Object>> fused =
        backend.batchNorm(input.array(), gamma.array(), beta.array(), epsilon);
    if (fused.isEmpty()) {
      return composed(input, gamma, beta, epsilon);
    }
    return recorded(
        fused.get(),
        (g, mean, variance) ->
            backend.batchNormGrad(
                g.array(), input.array(), gamma.array(), mean.array(), variance.array(), epsilon),
        () -> composed(input, gamma, beta, epsilon).output(),
        input,
        gamma,
        beta);
  }

  /**
   * Normalises with the batch's own statistics and rectifies the output, in one pass where the
   * backend can.
   *
   * @param gamma {@code [C]}
   * @param beta {@code [C]}
   * @return with {@code max(y, 0)} for an output
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or a channel has no elements
   */
  public static BatchNorm trainingRelu(Tensor input, Tensor gamma, Tensor beta, double epsilon) {
    requireSome(input, gamma, beta);
    Backend<Object> backend = input.backend();
    Optional<BatchNormed<Object>> fused =
        backend.batchNormRelu(input.array(), gamma.array(), beta.array(), epsilon);
    if (fused.isEmpty()) {
      return training(input, gamma, beta, epsilon).rectified();
    }
    return recorded(
        fused.get(),
        (g, mean, variance) ->
            backend.batchNormReluGrad(
                g.array(),
                input.array(),
                gamma.array(),
                beta.array(),
                mean.array(),
                variance.array(),
                epsilon),
        () -> composed(input, gamma, beta, epsilon).rectified().output(),
        input,
        gamma,
        beta);
  }

  private BatchNorm rectified() {
    return new BatchNorm(output.relu(), mean, variance);
  }

  private static void requireSome(Tensor input, Tensor gamma, Tensor beta) {
    check(input, gamma, beta);
    if (input.shape().isEmpty()) {
      throw Op.error(NAME, "no elements to take statistics of", input);
    }
  }

  /** A backend's gradients, given the output's and the statistics. */
  @FunctionalInterface
  private interface FusedGrads {
    Optional<BatchNormGrads<Object>> of(Tensor outputGrad, Tensor mean, Tensor variance);
  }

  private static BatchNorm recorded(
      BatchNormed<Object> fused,
      FusedGrads grads,
      Supplier<Tensor> composition,
      Tensor input,
      Tensor gamma,
      Tensor beta) {
    Backend<Object> backend = input.backend();
    Tensor mean = Op.constant(backend, fused.mean(), gamma.shape(), input.dtype());
    Tensor variance = Op.constant(backend, fused.variance(), gamma.shape(), input.dtype());
    Tensor output =
        Op.fused(
            NAME,
            fused.output(),
            input.shape(),
            input.dtype(),
            (g, y, wanted) -> tensors(grads.of(g, mean, variance), input),
            composition,
            input,
            gamma,
            beta);
    return new BatchNorm(output, mean, variance);
  }

  /** Normalises with given statistics, for evaluation. */
  public static Tensor inference(
      Tensor input, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon) {
    return inference(input, gamma, beta, mean, variance, epsilon, false);
  }

  /** The same with ReLU, in one pass where the backend can. */
  public static Tensor inferenceRelu(
      Tensor input, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon) {
    return inference(input, gamma, beta, mean, variance, epsilon, true);
  }

  private static Tensor inference(
      Tensor input,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      double epsilon,
      boolean relu) {
    check(input, gamma, beta);
    check(input, "mean and variance", mean, variance);
    Supplier<Tensor> composition =
        () -> {
          Tensor scale = gamma.div(variance.add(epsilon).sqrt());
          Tensor shift = beta.sub(mean.mul(scale));
          Tensor y = input.mul(perChannel(scale)).add(perChannel(shift));
          return relu ? y.relu() : y;
        };
    Backend<Object> backend = input.backend();
    return backend
        .batchNormInference(
            input.array(),
            gamma.array(),
            beta.array(),
            mean.array(),
            variance.array(),
            epsilon,
            relu)
        .map(
            array ->
                Op.fused(
                    NAME,
                    array,
                    input.shape(),
                    input.dtype(),
                    (g, y, wanted) -> null,
                    composition,
                    input,
                    gamma,
                    beta,
                    mean,
                    variance))
        .orElseGet(composition);
  }

  /** As tensors; null where the backend does not fuse them. */
  private static Tensor[] tensors(Optional<BatchNormGrads<Object>> fused, Tensor input) {
    if (fused.isEmpty()) {
      return null;
    }
    Backend<Object> backend = input.backend();
    Shape channels = Shape.of(input.shape().dim(1));
    return new Tensor[] {
      Op.constant(backend, fused.get().input(), input.shape(), input.dtype()),
      Op.constant(backend, fused.get().gamma(), channels, input.dtype()),
      Op.constant(backend, fused.get().beta(), channels, input.dtype())
    };
  }

  private static BatchNorm composed(Tensor input, Tensor gamma, Tensor beta, double epsilon) {
    Tensor mean = Statistics.closeMean(input, 0, 2, 3);
    Tensor centred = input.sub(mean);
    Tensor variance = centred.mul(centred).mean(0, 2, 3);
    Tensor scale = gamma.div(variance.add(epsilon).sqrt());
    Tensor output = centred.mul(perChannel(scale)).add(perChannel(beta));
    return new BatchNorm(output, mean.detach().reshape(gamma.shape()), variance.detach());
  }

  static Tensor perChannel(Tensor values) {
    return values.reshape(1, values.shape().size(), 1, 1);
  }

  static void check(Tensor input, Tensor gamma, Tensor beta) {
    check(input, "gamma and beta", gamma, beta);
  }

  private static void check(Tensor input, String names, Tensor first, Tensor second) {
    Op.requireFloating(NAME, input);
    Op.commonDType(NAME, input, first);
    Op.commonDType(NAME, input, second);
    if (input.shape().rank() != 4) {
      throw Op.error(NAME, "input must be [N, C, H, W]", input);
    }
    Shape channels = Shape.of(input.shape().dim(1));
    if (!first.shape().equals(channels) || !second.shape().equals(channels)) {
      throw Op.error(NAME, names + " must be " + channels, input, first, second);
    }
  }
}
