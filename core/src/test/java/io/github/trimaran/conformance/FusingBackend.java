package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * The naive backend with all operations fused, by their definitions. Only to test the suite with:
 * it shows that the cases of fused operations run, and its subclasses that they find faults.
 */
class FusingBackend extends NaiveBackend {

  static Grid grid(NaiveArray a) {
    return Grid.of(a.values());
  }

  final NaiveArray own(Grid grid) {
    return own(grid.toHost());
  }

  private Optional<NaiveArray> map(NaiveArray a, DoubleUnaryOperator function) {
    return Optional.of(own(ReduceOracles.map(grid(a), function)));
  }

  /** An array of {@code a}'s dtype from the elements of both, broadcast. */
  final NaiveArray zip(NaiveArray a, NaiveArray b, DoubleBinaryOperator function) {
    return own(ReduceOracles.zip(grid(a), grid(b), grid(a).dtype(), function));
  }

  @Override
  public Optional<NaiveArray> cumSum(NaiveArray a, int axis) {
    return Optional.of(own(ReduceOracles.cumSum(grid(a), axis)));
  }

  @Override
  public Optional<NaiveArray> addScalar(NaiveArray a, double c) {
    return map(a, x -> x + c);
  }

  @Override
  public Optional<NaiveArray> mulScalar(NaiveArray a, double c) {
    return map(a, x -> x * c);
  }

  @Override
  public Optional<NaiveArray> divScalar(NaiveArray a, double c) {
    double divisor = isSingle(a) ? (float) c : c;
    return map(a, x -> x / divisor);
  }

  @Override
  public Optional<NaiveArray> powScalar(NaiveArray a, double c) {
    return map(a, x -> Math.pow(x, c));
  }

  @Override
  public Optional<NaiveArray> relu(NaiveArray a) {
    return map(a, x -> Math.max(x, 0));
  }

  @Override
  public Optional<NaiveArray> reluGrad(NaiveArray outputGrad, NaiveArray output) {
    return Optional.of(zip(outputGrad, output, (g, y) -> y > 0 ? g : 0));
  }

  @Override
  public Optional<NaiveArray> sigmoid(NaiveArray a) {
    return map(a, FusedOracles::sigmoid);
  }

  @Override
  public Optional<NaiveArray> gelu(NaiveArray a) {
    return map(a, FusedOracles::gelu);
  }

  @Override
  public Optional<NaiveArray> geluGrad(NaiveArray outputGrad, NaiveArray input) {
    return Optional.of(zip(outputGrad, input, (g, x) -> g * FusedOracles.geluDerivative(x)));
  }

  @Override
  public Optional<NaiveArray> linear(
      NaiveArray input, NaiveArray weight, NaiveArray bias, boolean relu) {
    return Optional.of(own(FusedOracles.linear(grid(input), grid(weight), grid(bias), relu)));
  }

  @Override
  public Optional<NaiveArray> conv2dBias(
      NaiveArray input, NaiveArray weight, NaiveArray bias, Conv2dGeometry geometry, boolean relu) {
    return Optional.of(
        own(FusedOracles.conv2dBias(grid(input), grid(weight), grid(bias), geometry, relu)));
  }

  @Override
  public Optional<NaiveArray> conv2dBiasAdd(
      NaiveArray input,
      NaiveArray weight,
      NaiveArray bias,
      NaiveArray added,
      Conv2dGeometry geometry,
      boolean relu) {
    List<Grid> operands = List.of(grid(input), grid(weight), grid(bias), grid(added));
    return Optional.of(own(FusedOracles.conv2dBiasAdd(operands, geometry, relu)));
  }

  @Override
  public Optional<NaiveArray> conv2dBiasConcat(
      List<NaiveArray> operands, boolean relu, Conv2dGeometry... geometries) {
    List<Grid> grids = operands.stream().map(FusingBackend::grid).toList();
    return Optional.of(own(FusedOracles.conv2dBiasConcat(grids, relu, geometries)));
  }

  @Override
  public Optional<NaiveArray> channelSum(NaiveArray a) {
    return Optional.of(own(ReduceOracles.sum(grid(a), 0, 2, 3)));
  }

  @Override
  public Optional<MaxPooled<NaiveArray>> maxPool2d(NaiveArray input, Pool2dGeometry geometry) {
    return Optional.of(
        new MaxPooled<>(
            own(WindowOracles.maxPool2d(grid(input), geometry)),
            maxPool2dIndices(input, geometry)));
  }

  @Override
  public Optional<NaiveArray> maxPool2dValues(NaiveArray input, Pool2dGeometry geometry) {
    return Optional.of(own(WindowOracles.maxPool2d(grid(input), geometry)));
  }

  @Override
  public Optional<NaiveArray> maxPool2dGrad(
      NaiveArray outputGrad, NaiveArray indices, Shape inputShape, Pool2dGeometry geometry) {
    return Optional.of(
        own(WindowOracles.maxPool2dGrad(grid(outputGrad), grid(indices), inputShape)));
  }

  @Override
  public Optional<NaiveArray> logSoftmax(NaiveArray a, int axis) {
    return Optional.of(own(FusedOracles.logSoftmax(grid(a), axis)));
  }

  @Override
  public Optional<NaiveArray> softmaxCrossEntropy(
      NaiveArray logits, NaiveArray labels, double smoothing) {
    for (long label : labels.values().longs()) {
      Objects.checkIndex(label, (long) shape(logits).dim(1));
    }
    return Optional.of(own(FusedOracles.crossEntropy(grid(logits), grid(labels), smoothing)));
  }

  @Override
  public Optional<NaiveArray> softmaxCrossEntropyGrad(
      NaiveArray outputGrad, NaiveArray logits, NaiveArray labels, double smoothing) {
    return Optional.of(
        own(
            FusedOracles.crossEntropyGrad(
                grid(outputGrad), grid(logits), grid(labels), smoothing)));
  }

  @Override
  public Optional<BatchNormed<NaiveArray>> batchNorm(
      NaiveArray input, NaiveArray gamma, NaiveArray beta, double epsilon) {
    List<Grid> normed = FusedOracles.batchNorm(grid(input), grid(gamma), grid(beta), epsilon);
    return Optional.of(
        new BatchNormed<>(own(normed.get(0)), own(normed.get(1)), own(normed.get(2))));
  }

  @Override
  public Optional<BatchNormGrads<NaiveArray>> batchNormGrad(
      NaiveArray outputGrad,
      NaiveArray input,
      NaiveArray gamma,
      NaiveArray mean,
      NaiveArray variance,
      double epsilon) {
    List<Grid> gradients =
        FusedOracles.batchNormGrad(grid(outputGrad), grid(input), grid(gamma), epsilon);
    return Optional.of(
        new BatchNormGrads<>(own(gradients.get(0)), own(gradients.get(1)), own(gradients.get(2))));
  }

  @Override
  public Optional<NaiveArray> channelMoments(NaiveArray input) {
    return Optional.of(own(FusedOracles.channelMoments(grid(input))));
  }

  @Override
  public Optional<NaiveArray> channelProducts(
      NaiveArray outputGrad, NaiveArray input, NaiveArray mean) {
    return Optional.of(
        own(FusedOracles.channelProducts(grid(outputGrad), grid(input), grid(mean))));
  }

  @Override
  public Optional<NaiveArray> channelCombination(List<NaiveArray> arrays, NaiveArray factors) {
    List<Grid> grids = arrays.stream().map(FusingBackend::grid).toList();
    return Optional.of(own(FusedOracles.channelCombination(grids, grid(factors))));
  }

  @Override
  public Optional<NaiveArray> batchNormInference(
      NaiveArray input,
      NaiveArray gamma,
      NaiveArray beta,
      NaiveArray mean,
      NaiveArray variance,
      double epsilon,
      boolean relu) {
    List<Grid> operands =
        Stream.of(input, gamma, beta, mean, variance).map(FusingBackend::grid).toList();
    return Optional.of(own(FusedOracles.batchNormInference(operands, epsilon, relu)));
  }

  @Override
  public Optional<BatchNormed<NaiveArray>> batchNormRelu(
      NaiveArray input, NaiveArray gamma, NaiveArray beta, double epsilon) {
    List<Grid> normed = FusedOracles.batchNormRelu(grid(input), grid(gamma), grid(beta), epsilon);
    return Optional.of(
        new BatchNormed<>(own(normed.get(0)), own(normed.get(1)), own(normed.get(2))));
  }

  @Override
  public Optional<BatchNormGrads<NaiveArray>> batchNormReluGrad(
      NaiveArray outputGrad,
      NaiveArray input,
      NaiveArray gamma,
      NaiveArray beta,
      NaiveArray mean,
      NaiveArray variance,
      double epsilon) {
    List<Grid> gradients =
        FusedOracles.batchNormReluGrad(
            grid(outputGrad), grid(input), grid(gamma), grid(beta), epsilon);
    return Optional.of(
        new BatchNormGrads<>(own(gradients.get(0)), own(gradients.get(1)), own(gradients.get(2))));
  }

  @Override
  public Optional<NaiveArray> groupNorm(
      NaiveArray input, List<NaiveArray> affine, int groups, double epsilon) {
    List<Grid> grids = affine.stream().map(FusingBackend::grid).toList();
    return Optional.of(own(FusedOracles.groupNorm(grid(input), grids, groups, epsilon)));
  }

  @Override
  public Optional<List<NaiveArray>> recurrent(
      NaiveArray input,
      List<NaiveArray> weights,
      List<NaiveArray> states,
      List<NaiveArray> lengths,
      Recurrence layer) {
    return Optional.of(
        new RecurrentOracle(
                grid(input),
                weights.stream().map(FusingBackend::grid).toList(),
                states.stream().map(FusingBackend::grid).toList(),
                lengths.isEmpty() ? null : grid(lengths.get(0)),
                layer)
            .results().stream().map(this::own).toList());
  }

  // ---- updates -------------------------------------------------------------------------------

  /**
   * Runs a formula on the numbers of each element; writes all back but the gradient's, the second.
   */
  final boolean step(UpdateCases.Formula formula, NaiveArray... arrays) {
    List<Grid> before = Arrays.stream(arrays).map(FusingBackend::grid).toList();
    List<Grid> after = UpdateCases.stepped(before, formula);
    for (int i = 0; i < after.size(); i++) {
      HostArray target = arrays[i == 0 ? 0 : i + 1].values();
      for (int j = 0; j < target.shape().size(); j++) {
        target.set(j, after.get(i).values()[j]);
      }
    }
    return true;
  }

  @Override
  public boolean sgdUpdate(
      NaiveArray parameter, NaiveArray gradient, NaiveArray velocity, SgdStep step) {
    return velocity == null
        ? step(UpdateCases.formula(step), parameter, gradient)
        : step(UpdateCases.formula(step), parameter, gradient, velocity);
  }

  @Override
  public boolean adamUpdate(
      NaiveArray parameter,
      NaiveArray gradient,
      NaiveArray mean,
      NaiveArray square,
      AdamStep step) {
    return step(UpdateCases.formula(step), parameter, gradient, mean, square);
  }

  @Override
  public boolean rmsPropUpdate(
      NaiveArray parameter,
      NaiveArray gradient,
      NaiveArray square,
      NaiveArray velocity,
      RmsPropStep step) {
    return velocity == null
        ? step(UpdateCases.formula(step), parameter, gradient, square)
        : step(UpdateCases.formula(step), parameter, gradient, square, velocity);
  }

  /** The number type of an array: for subclasses that err in one of them. */
  static boolean isSingle(NaiveArray a) {
    return a.values().dtype() == DType.FLOAT32;
  }
}
