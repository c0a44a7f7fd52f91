package io.github.trimaran.conformance;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.naive.NaiveArray;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Backends wrong in a fused operation. */
final class FusedMutants {

  private FusedMutants() {}

  private static Optional<NaiveArray> map(
      FusingBackend to, NaiveArray a, DoubleUnaryOperator wrong) {
    return Optional.of(to.own(ReduceOracles.map(FusingBackend.grid(a), wrong)));
  }

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "a number is added in single precision",
            "addScalar",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> addScalar(NaiveArray a, double c) {
                return super.addScalar(a, (float) c);
              }
            }),
        new Mutant(
            "0 times anything is 0",
            "mulScalar",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> mulScalar(NaiveArray a, double c) {
                return map(this, a, x -> Double.isFinite(x) ? x * c : 0);
              }
            }),
        new Mutant(
            "a quotient is the product with the reciprocal",
            "divScalar",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> divScalar(NaiveArray a, double c) {
                return map(this, a, x -> x * (1 / c));
              }
            }),
        new Mutant(
            "whole powers only",
            "powScalar",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> powScalar(NaiveArray a, double c) {
                return super.powScalar(a, (int) c);
              }
            }),
        new Mutant(
            "relu of NaN is 0",
            "relu",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> relu(NaiveArray a) {
                return map(this, a, x -> x > 0 ? x : 0);
              }
            }),
        new Mutant(
            "reluGrad passes at 0",
            "reluGrad",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> reluGrad(NaiveArray outputGrad, NaiveArray output) {
                return Optional.of(zip(outputGrad, output, (g, y) -> y >= 0 ? g : 0));
              }
            }),
        new Mutant(
            "sigmoid overflows",
            "sigmoid",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> sigmoid(NaiveArray a) {
                return map(this, a, x -> Math.exp(x) / (1 + Math.exp(x)));
              }
            }),
        new Mutant(
            "gelu of the logistic form",
            "gelu",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> gelu(NaiveArray a) {
                return map(this, a, x -> x * FusedOracles.sigmoid(1.702 * x));
              }
            }),
        new Mutant(
            "geluGrad forgets the product rule",
            "geluGrad",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> geluGrad(NaiveArray outputGrad, NaiveArray input) {
                double scale = 2 * Math.sqrt(2 / Math.PI);
                return Optional.of(
                    zip(outputGrad, input, (g, x) -> g * FusedOracles.sigmoid(scale * x)));
              }
            }),
        new Mutant(
            "linear applies ReLU before the bias",
            "linear",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> linear(
                  NaiveArray x, NaiveArray w, NaiveArray b, boolean relu) {
                Grid zeros = ReduceOracles.map(grid(b), v -> 0);
                Grid product = FusedOracles.linear(grid(x), grid(w), zeros, relu);
                return Optional.of(
                    own(ReduceOracles.zip(product, grid(b), product.dtype(), Double::sum)));
              }
            }),
        new Mutant(
            "maxPool2d ignores ceil mode",
            "maxPool2d",
            new FusingBackend() {
              @Override
              public Optional<MaxPooled<NaiveArray>> maxPool2d(NaiveArray x, Pool2dGeometry g) {
                return super.maxPool2d(x, g.withCeilMode(false));
              }
            }),
        new Mutant(
            "maxPool2dValues ignores padding",
            "maxPool2dValues",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> maxPool2dValues(NaiveArray x, Pool2dGeometry g) {
                return super.maxPool2dValues(x, g.withPadding(0));
              }
            }),
        new Mutant(
            "maxPool2dGrad overwrites where windows overlap",
            "maxPool2dGrad",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> maxPool2dGrad(
                  NaiveArray y, NaiveArray indices, Shape shape, Pool2dGeometry g) {
                NaiveArray right = super.maxPool2dGrad(y, indices, shape, g).orElseThrow();
                Grid grad = grid(y);
                Grid at = grid(indices);
                int plane = shape.dim(2) * shape.dim(3);
                for (int i = 0; i < grad.values().length; i++) {
                  int[] index = Grid.index(grad.shape(), i);
                  int image = index[0] * shape.dim(1) + index[1];
                  right.values().set(image * plane + (int) at.values()[i], grad.values()[i]);
                }
                return Optional.of(right);
              }
            }),
        new Mutant(
            "logSoftmax overflows",
            "logSoftmax",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> logSoftmax(NaiveArray a, int axis) {
                Grid x = grid(a);
                Grid sum = ReduceOracles.sum(ReduceOracles.map(x, Math::exp), axis);
                Grid column = MoveOracles.reshape(sum, x.shape().with(axis, 1));
                return Optional.of(
                    own(ReduceOracles.zip(x, column, x.dtype(), (v, s) -> v - Math.log(s))));
              }
            }),
        new Mutant(
            "no label smoothing",
            "softmaxCrossEntropy",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> softmaxCrossEntropy(
                  NaiveArray logits, NaiveArray labels, double smoothing) {
                return super.softmaxCrossEntropy(logits, labels, 0);
              }
            }),
        new Mutant(
            "the gradient of the loss is taken as 1",
            "softmaxCrossEntropyGrad",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> softmaxCrossEntropyGrad(
                  NaiveArray g, NaiveArray logits, NaiveArray labels, double smoothing) {
                return Optional.of(
                    own(
                        FusedOracles.crossEntropyGrad(
                            ReduceOracles.map(grid(g), v -> 1),
                            grid(logits),
                            grid(labels),
                            smoothing)));
              }
            }),
        new Mutant(
            "an unbiased variance",
            "batchNorm",
            new FusingBackend() {
              @Override
              public Optional<BatchNormed<NaiveArray>> batchNorm(
                  NaiveArray x, NaiveArray gamma, NaiveArray beta, double epsilon) {
                BatchNormed<NaiveArray> right =
                    super.batchNorm(x, gamma, beta, epsilon).orElseThrow();
                int count = shape(x).size() / shape(x).dim(1);
                double factor = count / (count - 1.0);
                NaiveArray variance = map(this, right.variance(), v -> v * factor).orElseThrow();
                release(right.variance());
                return Optional.of(new BatchNormed<>(right.output(), right.mean(), variance));
              }
            }),
        new Mutant(
            "means of squares instead of their sums",
            "channelMoments",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> channelMoments(NaiveArray x) {
                Grid right = FusedOracles.channelMoments(grid(x));
                double count = (double) shape(x).size() / shape(x).dim(1);
                return Optional.of(
                    own(
                        Grid.fill(
                            right.shape(),
                            right.dtype(),
                            at -> at[0] == 0 ? right.at(at) : right.at(at) / count)));
              }
            }),
        new Mutant(
            "products that are not centred",
            "channelProducts",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> channelProducts(
                  NaiveArray g, NaiveArray x, NaiveArray mean) {
                Grid zero = Grid.fill(grid(mean).shape(), grid(mean).dtype(), at -> 0);
                return Optional.of(own(FusedOracles.channelProducts(grid(g), grid(x), zero)));
              }
            }),
        new Mutant(
            "no term",
            "channelCombination",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> channelCombination(
                  List<NaiveArray> arrays, NaiveArray factors) {
                Grid right = grid(factors);
                Grid none =
                    Grid.fill(
                        right.shape(),
                        right.dtype(),
                        at -> at[0] == arrays.size() ? 0 : right.at(at));
                return super.channelCombination(arrays, own(none));
              }
            }),
        new Mutant(
            "batchNormInference forgets the ReLU",
            "batchNormInference",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> batchNormInference(
                  NaiveArray x,
                  NaiveArray gamma,
                  NaiveArray beta,
                  NaiveArray mean,
                  NaiveArray variance,
                  double epsilon,
                  boolean relu) {
                return super.batchNormInference(x, gamma, beta, mean, variance, epsilon, false);
              }
            }),
        new Mutant(
            "batchNormRelu forgets the ReLU",
            "batchNormRelu",
            new FusingBackend() {
              @Override
              public Optional<BatchNormed<NaiveArray>> batchNormRelu(
                  NaiveArray x, NaiveArray gamma, NaiveArray beta, double epsilon) {
                return super.batchNorm(x, gamma, beta, epsilon);
              }
            }),
        new Mutant(
            "batchNormReluGrad forgets the ReLU",
            "batchNormReluGrad",
            new FusingBackend() {
              @Override
              public Optional<BatchNormGrads<NaiveArray>> batchNormReluGrad(
                  NaiveArray g,
                  NaiveArray x,
                  NaiveArray gamma,
                  NaiveArray beta,
                  NaiveArray mean,
                  NaiveArray variance,
                  double epsilon) {
                return super.batchNormGrad(g, x, gamma, mean, variance, epsilon);
              }
            }),
        new Mutant(
            "statistics taken as constants",
            "batchNormGrad",
            new FusingBackend() {
              @Override
              public Optional<BatchNormGrads<NaiveArray>> batchNormGrad(
                  NaiveArray g,
                  NaiveArray x,
                  NaiveArray gamma,
                  NaiveArray mean,
                  NaiveArray variance,
                  double epsilon) {
                BatchNormGrads<NaiveArray> right =
                    super.batchNormGrad(g, x, gamma, mean, variance, epsilon).orElseThrow();
                Grid grad = grid(g);
                Grid scale = grid(gamma);
                Grid spread = grid(variance);
                NaiveArray input =
                    own(
                        Grid.fill(
                            grad.shape(),
                            grad.dtype(),
                            i ->
                                grad.at(i)
                                    * scale.at(i[1])
                                    / Math.sqrt(spread.at(i[1]) + epsilon)));
                release(right.input());
                return Optional.of(new BatchNormGrads<>(input, right.gamma(), right.beta()));
              }
            }),
        new Mutant(
            "Nesterov ignored",
            "sgdUpdate",
            new FusingBackend() {
              @Override
              public boolean sgdUpdate(NaiveArray w, NaiveArray g, NaiveArray v, SgdStep s) {
                return super.sgdUpdate(
                    w, g, v, new SgdStep(s.rate(), s.momentum(), false, s.decay()));
              }
            }),
        new Mutant(
            "no bias correction",
            "adamUpdate",
            new FusingBackend() {
              @Override
              public boolean adamUpdate(
                  NaiveArray w, NaiveArray g, NaiveArray m, NaiveArray q, AdamStep s) {
                return super.adamUpdate(
                    w,
                    g,
                    m,
                    q,
                    new AdamStep(s.rate(), s.beta1(), s.beta2(), s.epsilon(), s.decay(), 1, 1));
              }
            }),
        new Mutant(
            "weight decay ignored",
            "rmsPropUpdate",
            new FusingBackend() {
              @Override
              public boolean rmsPropUpdate(
                  NaiveArray w, NaiveArray g, NaiveArray q, NaiveArray v, RmsPropStep s) {
                return super.rmsPropUpdate(
                    w, g, q, v, new RmsPropStep(s.rate(), s.alpha(), s.epsilon(), s.momentum(), 0));
              }
            }));
  }
}
