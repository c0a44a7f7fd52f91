package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Max pooling by one operation of the backend: values, indices and the gradient. */
final class FusedPoolingCases<A> {

  /** Values and indices. */
  private Operation<A> maxPool2d(Pool2dGeometry geometry) {
    return new Operation<>(
        (b, x) ->
            b.maxPool2d(x.get(0), geometry)
                .map(pooled -> List.of(pooled.values(), pooled.indices()))
                .orElse(List.of()),
        x ->
            List.of(
                Pooling.maxPool2d(x.get(0), geometry),
                Pooling.maxPool2dIndices(x.get(0), geometry)),
        x ->
            List.of(
                WindowOracles.maxPool2d(x.get(0), geometry),
                WindowOracles.maxPool2dIndices(x.get(0), geometry)),
        Tolerance.exact());
  }

  /** The values alone, on tensors. */
  static <A> Operation<A> maxPool2dValues(Pool2dGeometry geometry) {
    return new Operation<>(
        null,
        x -> List.of(Pooling.maxPool2d(x.get(0), geometry)),
        x -> List.of(WindowOracles.maxPool2d(x.get(0), geometry)),
        Tolerance.exact());
  }

  private Operation<A> maxPool2dValuesFused(Pool2dGeometry geometry) {
    return Operation.fused(
        (b, x) -> b.maxPool2dValues(x.get(0), geometry),
        x -> Pooling.maxPool2d(x.get(0), geometry),
        x -> WindowOracles.maxPool2d(x.get(0), geometry),
        Tolerance.exact());
  }

  /** Of an output gradient and the image; the indices are those of the image's maxima. */
  private Operation<A> maxPool2dGrad(Shape input, Pool2dGeometry geometry) {
    return Operation.fused(
        (b, x) -> {
          A indices = b.maxPool2dIndices(x.get(1), geometry);
          var gradient = b.maxPool2dGrad(x.get(0), indices, input, geometry);
          b.release(indices);
          return gradient;
        },
        x -> {
          Tensor image = x.get(1).requiresGrad();
          return Gradients.vjp(Pooling.maxPool2d(image, geometry), x.get(0), image).get(image);
        },
        x ->
            WindowOracles.maxPool2dGrad(
                x.get(0), WindowOracles.maxPool2dIndices(x.get(1), geometry), input),
        Tolerance.nearOne(geometry.kernelH() * geometry.kernelW()));
  }

  void addTo(Catalogue<A> to) {
    for (PoolingCases.Sample sample : PoolingCases.SAMPLES) {
      Pool2dGeometry geometry = sample.geometry();
      int[] input = sample.input().dims();
      int[] output = geometry.outputShape(sample.input()).dims();
      to.add(
          "maxPool2d",
          Catalogue.FLOATS,
          sample.name() + ", many ties",
          p -> p.check(maxPool2d(geometry), Samples.tied(p, input)));
      to.add(
          "maxPool2dValues",
          Catalogue.FLOATS,
          sample.name() + ", many ties",
          p -> p.check(maxPool2dValuesFused(geometry), Samples.tied(p, input)));
      to.add(
          "maxPool2dGrad",
          Catalogue.FLOATS,
          sample.name() + ", many ties",
          p ->
              p.check(
                  maxPool2dGrad(sample.input(), geometry),
                  p.values(output),
                  Samples.tied(p, input)));
    }
    to.add(
        "maxPool2d",
        Catalogue.FLOATS,
        "NaN, minus infinity, padding never wins",
        p -> {
          p.check(maxPool2d(Pool2dGeometry.of(3, 2).withPadding(1)), special(p));
          p.check(maxPool2d(Pool2dGeometry.of(2, 1)), special(p));
        });
    to.add(
        "maxPool2dValues",
        Catalogue.FLOATS,
        "NaN, minus infinity, padding never wins",
        p -> {
          p.check(maxPool2dValuesFused(Pool2dGeometry.of(3, 2).withPadding(1)), special(p));
          p.check(maxPool2dValuesFused(Pool2dGeometry.of(2, 1)), special(p));
        });
  }

  private static HostArray special(Probe<?> p) {
    double[] values = new double[25];
    for (int i = 0; i < values.length; i++) {
      values[i] = FusedCases.SPECIAL[i % FusedCases.SPECIAL.length] - (i % 3);
    }
    return p.array(values, 1, 1, 5, 5);
  }
}
