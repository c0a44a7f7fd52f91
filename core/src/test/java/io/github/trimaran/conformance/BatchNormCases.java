package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** batchNorm and batchNormGrad, and both with ReLU. */
final class BatchNormCases<A> {

  private static final double EPSILON = 1e-5;

  private static Tolerance tolerance(double ulps, int image) {
    return new Tolerance(ulps, Tolerance.Scale.VALUE_OR_ONE, x -> x.get(image).shape().size());
  }

  /** Output, mean and variance. */
  private Operation<A> batchNorm(double ulps) {
    return new Operation<>(
        (b, x) ->
            b.batchNorm(x.get(0), x.get(1), x.get(2), EPSILON)
                .map(normed -> List.of(normed.output(), normed.mean(), normed.variance()))
                .orElse(List.of()),
        x -> {
          BatchNorm normed = BatchNorm.training(x.get(0), x.get(1), x.get(2), EPSILON);
          return List.of(normed.output(), normed.mean(), normed.variance());
        },
        x -> FusedOracles.batchNorm(x.get(0), x.get(1), x.get(2), EPSILON),
        tolerance(ulps, 0));
  }

  /** The output alone, on tensors. */
  private Operation<A> output() {
    return new Operation<>(
        null,
        x -> List.of(BatchNorm.training(x.get(0), x.get(1), x.get(2), EPSILON).output()),
        x -> List.of(FusedOracles.batchNorm(x.get(0), x.get(1), x.get(2), EPSILON).get(0)),
        tolerance(8, 0));
  }

  /** Of output gradient, image and gamma; mean and variance are the image's. */
  private Operation<A> batchNormGrad() {
    return new Operation<>(
        BatchNormCases::backendGrad,
        x -> {
          Tensor image = x.get(1).requiresGrad();
          Tensor gamma = x.get(2).requiresGrad();
          Tensor beta = Tensor.zeros(gamma.backend(), gamma.shape(), gamma.dtype()).requiresGrad();
          Tensor output = BatchNorm.training(image, gamma, beta, EPSILON).output();
          Gradients gradients = Gradients.vjp(output, x.get(0), image, gamma, beta);
          return List.of(gradients.get(image), gradients.get(gamma), gradients.get(beta));
        },
        x -> FusedOracles.batchNormGrad(x.get(0), x.get(1), x.get(2), EPSILON),
        tolerance(16, 1));
  }

  private static <A> List<A> backendGrad(Backend<A> b, List<A> x) {
    return withStatistics(
        b,
        x.get(1),
        (mean, variance) -> b.batchNormGrad(x.get(0), x.get(1), x.get(2), mean, variance, EPSILON));
  }

  private static <A> List<A> withStatistics(
      Backend<A> b, A input, BiFunction<A, A, Optional<BatchNormGrads<A>>> gradients) {
    Grid image = Grid.of(b.toHost(input));
    A mean = b.fromHost(FusedOracles.channelMean(image).toHost());
    A variance = b.fromHost(FusedOracles.channelVariance(image).toHost());
    var found = gradients.apply(mean, variance);
    List.of(mean, variance).forEach(b::release);
    return found.map(g -> List.of(g.input(), g.gamma(), g.beta())).orElse(List.of());
  }

  /** Output, mean and variance, with ReLU of the output. */
  private Operation<A> rectified() {
    return new Operation<>(
        (b, x) ->
            b.batchNormRelu(x.get(0), x.get(1), x.get(2), EPSILON)
                .map(normed -> List.of(normed.output(), normed.mean(), normed.variance()))
                .orElse(List.of()),
        x -> {
          BatchNorm normed = BatchNorm.trainingRelu(x.get(0), x.get(1), x.get(2), EPSILON);
          return List.of(normed.output(), normed.mean(), normed.variance());
        },
        x -> FusedOracles.batchNormRelu(x.get(0), x.get(1), x.get(2), EPSILON),
        tolerance(16, 0));
  }

  /** The output alone, on tensors. */
  private Operation<A> rectifiedOutput() {
    return new Operation<>(
        null,
        x -> List.of(BatchNorm.trainingRelu(x.get(0), x.get(1), x.get(2), EPSILON).output()),
        x -> List.of(FusedOracles.batchNormRelu(x.get(0), x.get(1), x.get(2), EPSILON).get(0)),
        tolerance(16, 0));
  }

  /** Of output gradient, image, gamma and beta; mean and variance are the image's. */
  private Operation<A> rectifiedGrad() {
    return new Operation<>(
        BatchNormCases::backendRectifiedGrad,
        x -> {
          Tensor image = x.get(1).requiresGrad();
          Tensor gamma = x.get(2).requiresGrad();
          Tensor beta = x.get(3).requiresGrad();
          Tensor output = BatchNorm.trainingRelu(image, gamma, beta, EPSILON).output();
          Gradients gradients = Gradients.vjp(output, x.get(0), image, gamma, beta);
          return List.of(gradients.get(image), gradients.get(gamma), gradients.get(beta));
        },
        x -> FusedOracles.batchNormReluGrad(x.get(0), x.get(1), x.get(2), x.get(3), EPSILON),
        tolerance(64, 1));
  }

  private static <A> List<A> backendRectifiedGrad(Backend<A> b, List<A> x) {
    return withStatistics(
        b,
        x.get(1),
        (mean, variance) ->
            b.batchNormReluGrad(x.get(0), x.get(1), x.get(2), x.get(3), mean, variance, EPSILON));
  }

  /** With given statistics. */
  private Operation<A> inference(boolean relu) {
    return Operation.fused(
        (b, x) ->
            b.batchNormInference(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), EPSILON, relu),
        x ->
            relu
                ? BatchNorm.inferenceRelu(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), EPSILON)
                : BatchNorm.inference(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), EPSILON),
        x -> FusedOracles.batchNormInference(x, EPSILON, relu),
        Tolerance.nearOne(16));
  }

  void addTo(Catalogue<A> to) {
    to.add(
        "batchNormInference",
        Catalogue.FLOATS,
        "of no images, with given statistics",
        p ->
            p.check(
                inference(false),
                p.values(0, 3, 2, 2),
                p.values(3),
                p.values(3),
                p.values(3),
                p.between(0.5, 2, 3)));
    for (Shape shape :
        List.of(
            Shape.of(3, 2, 4, 5),
            Shape.of(5, 3, 2, 3),
            Shape.of(2, 1, 3, 7),
            Shape.of(4, 19, 5, 3))) {
      int channels = shape.dim(1);
      to.add(
          "batchNorm",
          Catalogue.FLOATS,
          "" + shape,
          p ->
              p.check(
                  batchNorm(8), p.values(shape.dims()), p.values(channels), p.values(channels)));
      to.add(
          "batchNormGrad",
          Catalogue.FLOATS,
          "" + shape,
          p ->
              p.check(
                  batchNormGrad(),
                  p.values(shape.dims()),
                  p.values(shape.dims()),
                  p.values(channels)));
      for (boolean relu : new boolean[] {false, true}) {
        to.add(
            "batchNormInference",
            Catalogue.FLOATS,
            shape + (relu ? " with relu" : ""),
            p ->
                p.check(
                    inference(relu),
                    p.values(shape.dims()),
                    p.values(channels),
                    p.values(channels),
                    p.values(channels),
                    p.between(0.1, 3, channels)));
      }
    }
    to.add(
        "batchNorm",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray image = p.array(new double[] {1, 3}, 2, 1, 1, 1);
          double normal = 1 / Math.sqrt(1 + EPSILON);
          p.checkByHand(
              batchNorm(8),
              p.array(new double[] {0.5 - 2 * normal, 0.5 + 2 * normal}, 2, 1, 1, 1),
              image,
              p.array(new double[] {2}, 1),
              p.array(new double[] {0.5}, 1));
        });
    // The mean of squares less the square of the mean would lose all digits of the variance.
    to.add(
        "batchNorm",
        Catalogue.FLOATS,
        "a mean far from 0",
        p -> p.checkDense(batchNorm(64), p.between(99, 101, 3, 2, 4, 5), p.values(2), p.values(2)));
    GradientCases.add(
        to,
        "batchNorm",
        "[3, 2, 2, 3]",
        output(),
        p -> new HostArray[] {p.values(3, 2, 2, 3), p.values(2), p.values(2)});
    GradientCases.add(
        to,
        "batchNormInference",
        "[3, 2, 2, 3]",
        inference(false),
        p ->
            new HostArray[] {
              p.values(3, 2, 2, 3), p.values(2), p.values(2), p.values(2), p.between(0.5, 3, 2)
            });
    rectified(to);
  }

  private void rectified(Catalogue<A> to) {
    for (Shape shape : List.of(Shape.of(3, 2, 4, 5), Shape.of(4, 19, 5, 3))) {
      int channels = shape.dim(1);
      to.add(
          "batchNormRelu",
          Catalogue.FLOATS,
          "" + shape,
          p ->
              p.check(rectified(), p.values(shape.dims()), p.values(channels), p.values(channels)));
      to.add(
          "batchNormReluGrad",
          Catalogue.FLOATS,
          "" + shape,
          p ->
              p.check(
                  rectifiedGrad(),
                  p.values(shape.dims()),
                  p.values(shape.dims()),
                  p.values(channels),
                  p.values(channels)));
    }
    to.add(
        "batchNormRelu",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray image = p.array(new double[] {1, 3}, 2, 1, 1, 1);
          double normal = 1 / Math.sqrt(1 + EPSILON);
          p.checkByHand(
              rectified(),
              p.array(new double[] {0, 0.5 + 2 * normal}, 2, 1, 1, 1),
              image,
              p.array(new double[] {2}, 1),
              p.array(new double[] {0.5}, 1));
        });
    // One channel above 0 and one below, for differences may step over the kink.
    GradientCases.add(
        to,
        "batchNormRelu",
        "[3, 2, 2, 3]",
        rectifiedOutput(),
        p ->
            new HostArray[] {
              p.values(3, 2, 2, 3), p.between(0.5, 1, 2), p.array(new double[] {5, -5}, 2)
            });
  }
}
