package io.github.trimaran.backend.cpu;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.backend.cpu.convolution.Convolution;
import io.github.trimaran.backend.cpu.convolution.Pooling;
import io.github.trimaran.backend.cpu.elementwise.Elementwise;
import io.github.trimaran.backend.cpu.elementwise.UnaryOp;
import io.github.trimaran.backend.cpu.elementwise.Updates;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.memory.Buffers;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Padding;
import io.github.trimaran.backend.cpu.memory.Workers;
import io.github.trimaran.backend.cpu.product.MatrixMultiply;
import io.github.trimaran.backend.cpu.product.Multiplication;
import io.github.trimaran.backend.cpu.product.OffsetCache;
import io.github.trimaran.backend.cpu.reduction.BatchNormalization;
import io.github.trimaran.backend.cpu.reduction.Indexing;
import io.github.trimaran.backend.cpu.reduction.Lines;
import io.github.trimaran.backend.cpu.reduction.Reductions;
import io.github.trimaran.backend.cpu.reduction.SoftmaxLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parts of the pure-Java backend, and the operations that it does in one pass. */
abstract class CpuFusedOperations implements Backend<CpuArray> {

  /** Idle buffers may take this part of the heap. */
  private static final int PART_OF_HEAP = 4;

  final Memory memory;
  final Elementwise elementwise;
  final Reductions reductions;
  final Indexing indexing;
  final Lines lines;
  final Padding padding;
  final Multiplication multiplication;
  final Convolution convolution;
  final Pooling pooling;
  private final SoftmaxLoss softmax;
  private final BatchNormalization batchNorm;
  private final Updates updates;

  CpuFusedOperations(Workers workers, Kernels kernels) {
    memory = new Memory(new Buffers(Runtime.getRuntime().maxMemory() / PART_OF_HEAP), workers);
    OffsetCache tables = new OffsetCache();
    MatrixMultiply matrices = new MatrixMultiply(memory, workers, kernels);
    elementwise = new Elementwise(memory, workers, kernels.functions());
    reductions = new Reductions(memory, workers);
    indexing = new Indexing(memory, workers);
    lines = new Lines(memory, workers);
    padding = new Padding(memory, workers);
    multiplication = new Multiplication(memory, matrices, tables);
    convolution = new Convolution(memory, workers, matrices, tables, padding, kernels);
    pooling = new Pooling(memory, workers, kernels);
    softmax = new SoftmaxLoss(memory, workers, kernels.functions());
    batchNorm = new BatchNormalization(memory, workers);
    updates = new Updates(memory, workers);
  }

  @Override
  public Optional<CpuArray> addScalar(CpuArray a, double c) {
    return Optional.of(elementwise.unary(UnaryOp.ADD_SCALAR, a, c));
  }

  @Override
  public Optional<CpuArray> mulScalar(CpuArray a, double c) {
    return Optional.of(elementwise.unary(UnaryOp.MUL_SCALAR, a, c));
  }

  @Override
  public Optional<CpuArray> divScalar(CpuArray a, double c) {
    return Optional.of(elementwise.unary(UnaryOp.DIV_SCALAR, a, c));
  }

  @Override
  public Optional<CpuArray> powScalar(CpuArray a, double c) {
    return Optional.of(elementwise.unary(UnaryOp.POW_SCALAR, a, c));
  }

  @Override
  public Optional<CpuArray> cumSum(CpuArray a, int axis) {
    return Optional.of(lines.cumSum(a, axis));
  }

  @Override
  public Optional<CpuArray> relu(CpuArray a) {
    return Optional.of(elementwise.unary(UnaryOp.RELU, a));
  }

  @Override
  public Optional<CpuArray> reluGrad(CpuArray outputGrad, CpuArray output) {
    return Optional.of(elementwise.reluGrad(outputGrad, output));
  }

  @Override
  public Optional<CpuArray> sigmoid(CpuArray a) {
    return Optional.of(elementwise.unary(UnaryOp.SIGMOID, a));
  }

  @Override
  public Optional<CpuArray> gelu(CpuArray a) {
    return Optional.of(elementwise.unary(UnaryOp.GELU, a));
  }

  @Override
  public Optional<CpuArray> geluGrad(CpuArray outputGrad, CpuArray input) {
    return Optional.of(elementwise.geluGrad(outputGrad, input));
  }

  @Override
  public Optional<CpuArray> channelSum(CpuArray a) {
    return Optional.of(reductions.sum(a, 0, 2, 3));
  }

  @Override
  public Optional<CpuArray> linear(CpuArray input, CpuArray weight, CpuArray bias, boolean relu) {
    return Optional.of(multiplication.linear(input, weight, bias, relu));
  }

  @Override
  public Optional<CpuArray> conv2dBias(
      CpuArray input, CpuArray weight, CpuArray bias, Conv2dGeometry geometry, boolean relu) {
    return Optional.of(convolution.forward(input, weight, bias, geometry, relu));
  }

  @Override
  public Optional<CpuArray> conv2dBiasAdd(
      CpuArray input,
      CpuArray weight,
      CpuArray bias,
      CpuArray added,
      Conv2dGeometry geometry,
      boolean relu) {
    return Optional.of(convolution.forward(input, weight, bias, added, geometry, relu));
  }

  @Override
  public Optional<CpuArray> conv2dBiasConcat(
      List<CpuArray> operands, boolean relu, Conv2dGeometry... geometries) {
    return Arrays.stream(geometries).anyMatch(geometry -> geometry.groups() > 1)
        ? Optional.empty()
        : Optional.of(convolution.joined(operands, relu, geometries));
  }

  @Override
  public Optional<MaxPooled<CpuArray>> maxPool2d(CpuArray input, Pool2dGeometry geometry) {
    return Optional.of(pooling.max(input, geometry));
  }

  @Override
  public Optional<CpuArray> maxPool2dValues(CpuArray input, Pool2dGeometry geometry) {
    return Optional.of(pooling.maxValues(input, geometry));
  }

  @Override
  public Optional<CpuArray> maxPool2dGrad(
      CpuArray outputGrad, CpuArray indices, Shape inputShape, Pool2dGeometry geometry) {
    return Optional.of(pooling.maxGrad(outputGrad, indices, inputShape, geometry));
  }

  @Override
  public Optional<CpuArray> logSoftmax(CpuArray a, int axis) {
    return Optional.of(softmax.logSoftmax(a, axis));
  }

  @Override
  public Optional<CpuArray> softmaxCrossEntropy(
      CpuArray logits, CpuArray labels, double smoothing) {
    return Optional.of(softmax.loss(logits, labels, smoothing));
  }

  @Override
  public Optional<CpuArray> softmaxCrossEntropyGrad(
      CpuArray outputGrad, CpuArray logits, CpuArray labels, double smoothing) {
    return Optional.of(softmax.lossGrad(outputGrad, logits, labels, smoothing));
  }

  @Override
  public Optional<BatchNormed<CpuArray>> batchNorm(
      CpuArray input, CpuArray gamma, CpuArray beta, double epsilon) {
    return Optional.of(batchNorm.forward(input, gamma, beta, epsilon, false));
  }

  @Override
  public Optional<CpuArray> batchNormInference(
      CpuArray input,
      CpuArray gamma,
      CpuArray beta,
      CpuArray mean,
      CpuArray variance,
      double epsilon,
      boolean relu) {
    return Optional.of(batchNorm.inference(input, gamma, beta, mean, variance, epsilon, relu));
  }

  @Override
  public Optional<BatchNormGrads<CpuArray>> batchNormGrad(
      CpuArray outputGrad,
      CpuArray input,
      CpuArray gamma,
      CpuArray mean,
      CpuArray variance,
      double epsilon) {
    return Optional.of(batchNorm.grad(outputGrad, input, gamma, null, mean, variance, epsilon));
  }

  @Override
  public Optional<BatchNormed<CpuArray>> batchNormRelu(
      CpuArray input, CpuArray gamma, CpuArray beta, double epsilon) {
    return Optional.of(batchNorm.forward(input, gamma, beta, epsilon, true));
  }

  @Override
  public Optional<BatchNormGrads<CpuArray>> batchNormReluGrad(
      CpuArray outputGrad,
      CpuArray input,
      CpuArray gamma,
      CpuArray beta,
      CpuArray mean,
      CpuArray variance,
      double epsilon) {
    return Optional.of(batchNorm.grad(outputGrad, input, gamma, beta, mean, variance, epsilon));
  }

  @Override
  public Optional<CpuArray> channelMoments(CpuArray input) {
    return Optional.of(batchNorm.moments(input));
  }

  @Override
  public Optional<CpuArray> channelProducts(CpuArray outputGrad, CpuArray input, CpuArray mean) {
    return Optional.of(batchNorm.products(outputGrad, input, mean));
  }

  @Override
  public Optional<CpuArray> channelCombination(List<CpuArray> arrays, CpuArray factors) {
    return Optional.of(batchNorm.combination(arrays, factors));
  }

  @Override
  public boolean sgdUpdate(CpuArray parameter, CpuArray gradient, CpuArray velocity, SgdStep step) {
    updates.sgd(parameter, gradient, velocity, step);
    return true;
  }

  @Override
  public boolean adamUpdate(
      CpuArray parameter, CpuArray gradient, CpuArray mean, CpuArray square, AdamStep step) {
    updates.adam(parameter, gradient, mean, square, step);
    return true;
  }

  @Override
  public boolean rmsPropUpdate(
      CpuArray parameter, CpuArray gradient, CpuArray square, CpuArray velocity, RmsPropStep step) {
    updates.rmsProp(parameter, gradient, square, velocity, step);
    return true;
  }
}
