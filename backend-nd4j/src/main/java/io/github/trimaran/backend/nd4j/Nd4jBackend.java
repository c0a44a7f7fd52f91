package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import java.util.Optional;

/**
 * The backend on ND4J's native library. Convolutions, matrix products, arithmetic, comparisons and
 * functions run there; what it lacks, answers differently or does slowly runs in Java over the same
 * memory.
 *
 * <p>All work runs on the calling thread and this backend's own, and is done when a method returns.
 */
final class Nd4jBackend extends Primitives {

  private final Softmax softmax = new Softmax(allocator, workers);
  private final BatchNorm batchNorm = new BatchNorm(allocator, workers);
  private final Updates updates = new Updates(workers);

  Nd4jBackend(BackendInfo info, boolean oneDnn) {
    super(info, oneDnn);
  }

  @Override
  public Optional<Nd4jArray> addScalar(Nd4jArray a, double c) {
    return Optional.of(elementwise.map(Kernels.addScalar(c), a));
  }

  @Override
  public Optional<Nd4jArray> mulScalar(Nd4jArray a, double c) {
    return Optional.of(elementwise.map(Kernels.mulScalar(c), a));
  }

  @Override
  public Optional<Nd4jArray> divScalar(Nd4jArray a, double c) {
    return Optional.of(elementwise.map(Kernels.divScalar(c), a));
  }

  @Override
  public Optional<Nd4jArray> powScalar(Nd4jArray a, double c) {
    return Optional.of(elementwise.map(Kernels.powScalar(c), a));
  }

  @Override
  public Optional<Nd4jArray> cumSum(Nd4jArray a, int axis) {
    return Optional.of(lines.cumSum(a, axis));
  }

  @Override
  public Optional<Nd4jArray> relu(Nd4jArray a) {
    return Optional.of(elementwise.map(Kernels.RELU, a));
  }

  @Override
  public Optional<Nd4jArray> reluGrad(Nd4jArray outputGrad, Nd4jArray output) {
    return Optional.of(elementwise.combine(Kernels.RELU_GRAD, outputGrad, output));
  }

  @Override
  public Optional<Nd4jArray> sigmoid(Nd4jArray a) {
    return Optional.of(elementwise.map(Kernels.SIGMOID, a));
  }

  @Override
  public Optional<Nd4jArray> linear(
      Nd4jArray input, Nd4jArray weight, Nd4jArray bias, boolean relu) {
    return Optional.of(products.linear(input, weight, bias, relu));
  }

  @Override
  public Optional<Nd4jArray> conv2dBias(
      Nd4jArray input, Nd4jArray weight, Nd4jArray bias, Conv2dGeometry geometry, boolean relu) {
    return Optional.of(convolution.forward(input, weight, bias, geometry, relu));
  }

  @Override
  public Optional<Nd4jArray> channelSum(Nd4jArray a) {
    return Optional.of(reductions.sum(a, 0, 2, 3));
  }

  @Override
  public Optional<MaxPooled<Nd4jArray>> maxPool2d(Nd4jArray input, Pool2dGeometry geometry) {
    return Optional.of(pooling.max(input, geometry));
  }

  @Override
  public Optional<Nd4jArray> maxPool2dGrad(
      Nd4jArray outputGrad, Nd4jArray indices, Shape inputShape, Pool2dGeometry geometry) {
    return Optional.of(pooling.maxGrad(outputGrad, indices, inputShape));
  }

  @Override
  public Optional<Nd4jArray> logSoftmax(Nd4jArray a, int axis) {
    return Optional.of(softmax.logSoftmax(a, axis));
  }

  @Override
  public Optional<Nd4jArray> softmaxCrossEntropy(
      Nd4jArray logits, Nd4jArray labels, double smoothing) {
    return Optional.of(softmax.crossEntropy(logits, labels, smoothing));
  }

  @Override
  public Optional<Nd4jArray> softmaxCrossEntropyGrad(
      Nd4jArray outputGrad, Nd4jArray logits, Nd4jArray labels, double smoothing) {
    return Optional.of(softmax.crossEntropyGrad(outputGrad, logits, labels, smoothing));
  }

  @Override
  public Optional<BatchNormed<Nd4jArray>> batchNorm(
      Nd4jArray input, Nd4jArray gamma, Nd4jArray beta, double epsilon) {
    return Optional.of(batchNorm.forward(input, gamma, beta, epsilon));
  }

  @Override
  public Optional<BatchNormGrads<Nd4jArray>> batchNormGrad(
      Nd4jArray outputGrad,
      Nd4jArray input,
      Nd4jArray gamma,
      Nd4jArray mean,
      Nd4jArray variance,
      double epsilon) {
    return Optional.of(batchNorm.grad(outputGrad, input, gamma, mean, variance, epsilon));
  }

  @Override
  public boolean sgdUpdate(
      Nd4jArray parameter, Nd4jArray gradient, Nd4jArray velocity, SgdStep step) {
    updates.sgd(parameter, gradient, velocity, step);
    return true;
  }

  @Override
  public boolean adamUpdate(
      Nd4jArray parameter, Nd4jArray gradient, Nd4jArray mean, Nd4jArray square, AdamStep step) {
    updates.adam(parameter, gradient, mean, square, step);
    return true;
  }

  @Override
  public boolean rmsPropUpdate(
      Nd4jArray parameter,
      Nd4jArray gradient,
      Nd4jArray square,
      Nd4jArray velocity,
      RmsPropStep step) {
    updates.rmsProp(parameter, gradient, square, velocity, step);
    return true;
  }
}
