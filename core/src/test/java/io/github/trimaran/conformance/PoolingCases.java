package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** avgPool2d, avgPool2dGrad and maxPool2dIndices. */
final class PoolingCases<A> {

  /** A pooling worth checking. */
  record Sample(String name, Shape input, Pool2dGeometry geometry) {}

  static final List<Sample> SAMPLES =
      List.of(
          sample("2 x 2, stride 2", Pool2dGeometry.of(2, 2), 2, 3, 4, 6),
          sample("2 x 2, stride 2, remainder", Pool2dGeometry.of(2, 2), 2, 3, 5, 7),
          sample("the same in ceil mode", Pool2dGeometry.of(2, 2).withCeilMode(), 2, 3, 5, 7),
          sample("3 x 3, stride 2, overlapping", Pool2dGeometry.of(3, 2), 2, 2, 7, 7),
          sample("overlapping in ceil mode", Pool2dGeometry.of(3, 2).withCeilMode(), 2, 2, 6, 8),
          sample("stride 1", Pool2dGeometry.of(2, 1), 1, 2, 4, 5),
          sample("stride beyond the window", Pool2dGeometry.of(2, 3), 1, 2, 7, 8),
          sample(
              "stride beyond the window, ceil mode",
              Pool2dGeometry.of(2, 3).withCeilMode(),
              1,
              2,
              6,
              7),
          sample("padding", Pool2dGeometry.of(3, 2).withPadding(1), 2, 2, 5, 6),
          sample(
              "padding, not counted",
              Pool2dGeometry.of(3, 2).withPadding(1).withCountIncludePad(false),
              2,
              2,
              5,
              6),
          sample(
              "padding in ceil mode",
              Pool2dGeometry.of(3, 2).withPadding(1).withCeilMode(),
              2,
              2,
              6,
              6),
          sample(
              "padding in ceil mode, not counted",
              Pool2dGeometry.of(3, 2).withPadding(1).withCeilMode().withCountIncludePad(false),
              2,
              2,
              6,
              6),
          sample(
              "ceil mode beyond the padding",
              Pool2dGeometry.of(4, 3).withPadding(2).withCeilMode(),
              1,
              2,
              6,
              7),
          sample(
              "ceil mode whose last window would start outside",
              Pool2dGeometry.of(2, 2).withPadding(1).withCeilMode(),
              1,
              1,
              3,
              4),
          sample(
              "3 x 2, strides 1 and 2, paddings 1 and 0",
              Pool2dGeometry.window(3, 2).withStride(1, 2).withPadding(1, 0),
              2,
              2,
              5,
              7),
          sample("the whole image", Pool2dGeometry.window(4, 5), 2, 3, 4, 5),
          sample("the longest stride", Pool2dGeometry.of(2, Integer.MAX_VALUE), 1, 2, 5, 3),
          sample(
              "the longest stride in ceil mode",
              Pool2dGeometry.of(2, Integer.MAX_VALUE).withPadding(1).withCeilMode(),
              1,
              2,
              5,
              3),
          sample("1 x 1", Pool2dGeometry.of(1, 1), 1, 2, 3, 3),
          sample("no images", Pool2dGeometry.of(2, 2), 0, 2, 4, 4),
          sample("no channels", Pool2dGeometry.of(2, 2), 2, 0, 4, 4),
          sample("many channels", Pool2dGeometry.of(3, 2).withCeilMode(), 2, 19, 8, 9));

  private static Sample sample(String name, Pool2dGeometry geometry, int... extents) {
    return new Sample(name, Shape.of(extents), geometry);
  }

  private static Sample any(Rng rng) {
    int kernelH = 1 + rng.nextInt(4);
    int kernelW = 1 + rng.nextInt(4);
    Pool2dGeometry geometry =
        Pool2dGeometry.window(kernelH, kernelW)
            .withStride(1 + rng.nextInt(4), 1 + rng.nextInt(4))
            .withPadding(rng.nextInt(kernelH / 2 + 1), rng.nextInt(kernelW / 2 + 1))
            .withCeilMode(rng.nextInt(2) == 0)
            .withCountIncludePad(rng.nextInt(2) == 0);
    Shape input =
        Shape.of(
            1 + rng.nextInt(2),
            1 + rng.nextInt(3),
            kernelH + rng.nextInt(5),
            kernelW + rng.nextInt(5));
    return new Sample(input + " " + geometry, input, geometry);
  }

  static <A> Operation<A> avgPool2d(Pool2dGeometry geometry) {
    return Operation.primitive(
        (b, x) -> b.avgPool2d(x.get(0), geometry),
        x -> Pooling.avgPool2d(x.get(0), geometry),
        x -> WindowOracles.avgPool2d(x.get(0), geometry),
        Tolerance.accumulated(x -> geometry.kernelH() * geometry.kernelW()));
  }

  /** Through tensors as the gradient of average pooling. */
  static <A> Operation<A> avgPool2dGrad(Shape input, Pool2dGeometry geometry) {
    return Operation.primitive(
        (b, x) -> b.avgPool2dGrad(x.get(0), input, geometry),
        x -> {
          Tensor zeros = Tensor.zeros(x.get(0).backend(), input, x.get(0).dtype()).requiresGrad();
          return Gradients.vjp(Pooling.avgPool2d(zeros, geometry), x.get(0), zeros).get(zeros);
        },
        x -> WindowOracles.avgPool2dGrad(x.get(0), input, geometry),
        Tolerance.accumulated(x -> geometry.kernelH() * geometry.kernelW()));
  }

  static <A> Operation<A> maxPool2dIndices(Pool2dGeometry geometry) {
    return Operation.primitive(
        (b, x) -> b.maxPool2dIndices(x.get(0), geometry),
        x -> Pooling.maxPool2dIndices(x.get(0), geometry),
        x -> WindowOracles.maxPool2dIndices(x.get(0), geometry),
        Tolerance.exact());
  }

  void addTo(Catalogue<A> to) {
    byHand(to);
    for (Sample sample : SAMPLES) {
      Pool2dGeometry geometry = sample.geometry();
      int[] input = sample.input().dims();
      int[] output = geometry.outputShape(sample.input()).dims();
      to.add(
          "avgPool2d",
          Catalogue.FLOATS,
          sample.name(),
          p -> p.check(avgPool2d(geometry), p.values(input)));
      to.add(
          "avgPool2dGrad",
          Catalogue.FLOATS,
          sample.name(),
          p -> p.check(avgPool2dGrad(sample.input(), geometry), p.values(output)));
      to.add(
          "maxPool2dIndices",
          Catalogue.FLOATS,
          sample.name() + ", many ties",
          p -> p.check(maxPool2dIndices(geometry), Samples.tied(p, input)));
    }
    to.add(
        "avgPool2d",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            Sample sample = any(p.rng());
            p.checkMixed(avgPool2d(sample.geometry()), p.values(sample.input().dims()));
          }
        });
    to.add(
        "avgPool2dGrad",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            Sample sample = any(p.rng());
            Shape output = sample.geometry().outputShape(sample.input());
            p.checkMixed(avgPool2dGrad(sample.input(), sample.geometry()), p.values(output.dims()));
          }
        });
    to.add(
        "maxPool2dIndices",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            Sample sample = any(p.rng());
            p.checkMixed(
                maxPool2dIndices(sample.geometry()), Samples.tied(p, sample.input().dims()));
          }
        });
    special(to);
  }

  private void byHand(Catalogue<A> to) {
    double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    to.add(
        "avgPool2d",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray a = p.array(image, 1, 1, 3, 3);
          p.checkByHand(
              avgPool2d(Pool2dGeometry.of(2, 1)),
              p.array(new double[] {3, 4, 6, 7}, 1, 1, 2, 2),
              a);
          p.checkByHand(
              avgPool2d(Pool2dGeometry.of(2, 2).withCeilMode()),
              p.array(new double[] {3, 4.5, 7.5, 9}, 1, 1, 2, 2),
              a);
          p.checkByHand(
              avgPool2d(Pool2dGeometry.of(2, 2).withPadding(1)),
              p.array(new double[] {0.25, 1.25, 2.75, 7}, 1, 1, 2, 2),
              a);
          p.checkByHand(
              avgPool2d(Pool2dGeometry.of(2, 2).withPadding(1).withCountIncludePad(false)),
              p.array(new double[] {1, 2.5, 5.5, 7}, 1, 1, 2, 2),
              a);
        });
    to.add(
        "avgPool2dGrad",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                avgPool2dGrad(Shape.of(1, 1, 3, 3), Pool2dGeometry.of(2, 1)),
                p.array(new double[] {1, 3, 2, 4, 10, 6, 3, 7, 4}, 1, 1, 3, 3),
                p.array(new double[] {4, 8, 12, 16}, 1, 1, 2, 2)));
    to.add(
        "maxPool2dIndices",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray a = p.array(new double[] {1, 7, 7, 4, 5, 7, 9, 9, 2}, 1, 1, 3, 3);
          p.checkByHand(
              maxPool2dIndices(Pool2dGeometry.of(2, 1)),
              HostArray.of(new long[] {1, 1, 6, 7}, Shape.of(1, 1, 2, 2)),
              a);
        });
  }

  private void special(Catalogue<A> to) {
    double nan = Double.NaN;
    double low = Double.NEGATIVE_INFINITY;
    to.add(
        "maxPool2dIndices",
        Catalogue.FLOATS,
        "NaN, minus infinity, padding never wins",
        p -> {
          HostArray image =
              p.array(
                  new double[] {
                    low,
                    low,
                    1,
                    nan,
                    low,
                    low,
                    nan,
                    Double.POSITIVE_INFINITY,
                    -5,
                    -6,
                    nan,
                    nan,
                    -7,
                    -8,
                    3,
                    nan
                  },
                  1,
                  1,
                  4,
                  4);
          p.checkByHand(
              maxPool2dIndices(Pool2dGeometry.of(2, 2)),
              HostArray.of(new long[] {0, 3, 8, 10}, Shape.of(1, 1, 2, 2)),
              image);
          p.check(maxPool2dIndices(Pool2dGeometry.of(2, 1).withPadding(1)), image);
        });
    to.add(
        "avgPool2d",
        Catalogue.FLOATS,
        "NaN and infinity",
        p ->
            p.check(
                avgPool2d(Pool2dGeometry.of(2, 1)),
                p.array(
                    new double[] {nan, 1, 2, 3, 4, Double.POSITIVE_INFINITY, 5, 6, low},
                    1,
                    1,
                    3,
                    3)));
    to.add(
        "maxPool2dIndices",
        DType.FLOAT32,
        "a large image",
        p ->
            p.checkDense(
                maxPool2dIndices(Pool2dGeometry.of(3, 2).withCeilMode()), p.values(1, 2, 97, 101)));
  }
}
