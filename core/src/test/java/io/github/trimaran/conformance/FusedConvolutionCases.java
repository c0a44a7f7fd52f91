package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.conformance.ConvolutionSamples.Sample;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Convolution with what goes before and behind it by one operation of the backend. */
final class FusedConvolutionCases<A> {

  private Operation<A> conv2dBias(Conv2dGeometry geometry, boolean relu) {
    return Operation.fused(
        (b, x) ->
            b.conv2dBias(x.get(0), x.get(1), x.get(2), geometry.within(b.shape(x.get(0))), relu),
        x -> Convolution.conv2d(x.get(0), x.get(1), x.get(2), geometry, relu),
        x -> FusedOracles.conv2dBias(x.get(0), x.get(1), x.get(2), geometry, relu),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(0) + 1));
  }

  private Operation<A> conv2dBiasAdd(Conv2dGeometry geometry, boolean relu) {
    return Operation.fused(
        (b, x) ->
            b.conv2dBiasAdd(
                x.get(0), x.get(1), x.get(2), x.get(3), geometry.within(b.shape(x.get(0))), relu),
        x -> Convolution.conv2d(x.get(0), x.get(1), x.get(2), x.get(3), geometry, relu),
        x -> FusedOracles.conv2dBiasAdd(x, geometry, relu),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(0) + 2));
  }

  private static <A> HostArray[] residual(Probe<A> p, Sample sample) {
    return new HostArray[] {
      p.values(sample.input().dims()),
      p.values(sample.weight().dims()),
      p.values(sample.weight().dim(0)),
      p.values(sample.output().dims())
    };
  }

  private Operation<A> conv2dBiasConcat(boolean relu, Conv2dGeometry... geometries) {
    List<Conv2dGeometry> all = List.of(geometries);
    return Operation.fused(
        (b, x) ->
            b.conv2dBiasConcat(
                x,
                relu,
                all.stream()
                    .map(geometry -> geometry.within(b.shape(x.get(0))))
                    .toArray(Conv2dGeometry[]::new)),
        x -> concat(x.get(0), every(x, 1), every(x, 2), all, relu),
        x -> FusedOracles.conv2dBiasConcat(x, relu, geometries),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(0) + 1));
  }

  private static Tensor concat(
      Tensor x, List<Tensor> weights, List<Tensor> biases, List<Conv2dGeometry> all, boolean relu) {
    return Convolution.conv2dConcat(x, weights, biases, all, relu)
        .orElseGet(
            () ->
                Tensor.concat(
                    IntStream.range(0, all.size())
                        .mapToObj(
                            i ->
                                Convolution.conv2d(
                                    x, weights.get(i), biases.get(i), all.get(i), relu))
                        .toList(),
                    1));
  }

  private static <T> List<T> every(List<T> all, int from) {
    return IntStream.iterate(from, i -> i < all.size(), i -> i + 2).mapToObj(all::get).toList();
  }

  /** The convolution twice, with other filters. */
  private static <A> HostArray[] twice(Probe<A> p, Sample sample) {
    return new HostArray[] {
      p.values(sample.input().dims()),
      p.values(sample.weight().dims()),
      p.values(sample.weight().dim(0)),
      p.values(sample.weight().dims()),
      p.values(sample.weight().dim(0))
    };
  }

  /** Such as expand a fire module of SqueezeNet: 3 x 3, 1 x 1 and 3 x 1. */
  private static <A> HostArray[] expanding(Probe<A> p) {
    return new HostArray[] {
      p.values(2, 3, 5, 4),
      p.values(4, 3, 3, 3),
      p.values(4),
      p.values(2, 3, 1, 1),
      p.values(2),
      p.values(3, 3, 3, 1),
      p.values(3)
    };
  }

  private static final Conv2dGeometry[] EXPANDING = {
    Conv2dGeometry.of(1, 1), Conv2dGeometry.unit(), Conv2dGeometry.unit().withPadding(1, 0)
  };

  private Operation<A> channelSum() {
    return Operation.fused(
        (b, x) -> b.channelSum(x.get(0)),
        x -> x.get(0).sum(0, 2, 3),
        x -> ReduceOracles.sum(x.get(0), 0, 2, 3),
        Tolerance.accumulated(x -> x.get(0).shape().size()));
  }

  void addTo(Catalogue<A> to) {
    for (boolean relu : new boolean[] {false, true}) {
      String with = relu ? " with relu" : "";
      for (Sample sample : ConvolutionSamples.ALL) {
        to.add(
            "conv2dBias",
            Catalogue.FLOATS,
            sample.name() + with,
            p ->
                p.check(
                    conv2dBias(sample.geometry(), relu),
                    p.values(sample.input().dims()),
                    p.values(sample.weight().dims()),
                    p.values(sample.weight().dim(0))));
        to.add(
            "conv2dBiasAdd",
            Catalogue.FLOATS,
            sample.name() + with,
            p -> p.check(conv2dBiasAdd(sample.geometry(), relu), residual(p, sample)));
        to.add(
            "conv2dBiasConcat",
            Catalogue.FLOATS,
            sample.name() + ", twice" + with,
            p ->
                p.check(
                    conv2dBiasConcat(relu, sample.geometry(), sample.geometry()),
                    twice(p, sample)));
      }
      to.add(
          "conv2dBiasConcat",
          Catalogue.FLOATS,
          "three windows" + with,
          p -> p.check(conv2dBiasConcat(relu, EXPANDING), expanding(p)));
      for (Sample sample : ConvolutionSamples.FOR_GRADIENTS) {
        GradientCases.add(
            to,
            "conv2dBias",
            sample.name() + with,
            conv2dBias(sample.geometry(), relu),
            p ->
                new HostArray[] {
                  p.values(sample.input().dims()),
                  p.values(sample.weight().dims()),
                  p.values(sample.weight().dim(0))
                });
      }
    }
    GradientCases.add(
        to,
        "conv2dBiasConcat",
        "three windows",
        conv2dBiasConcat(false, EXPANDING),
        FusedConvolutionCases::expanding);
    to.add(
        "conv2dBiasConcat",
        Catalogue.FLOATS,
        "first derivative, three windows with relu",
        p -> new GradientProbe<>(p, conv2dBiasConcat(true, EXPANDING), expanding(p)).firstOrder());
    // Second differences with ReLU as well may step over its kink: one of these does.
    for (Sample sample : ConvolutionSamples.FOR_GRADIENTS) {
      GradientCases.add(
          to,
          "conv2dBiasAdd",
          sample.name(),
          conv2dBiasAdd(sample.geometry(), false),
          p -> residual(p, sample));
      to.add(
          "conv2dBiasAdd",
          Catalogue.FLOATS,
          "first derivative, " + sample.name() + " with relu",
          p ->
              new GradientProbe<>(p, conv2dBiasAdd(sample.geometry(), true), residual(p, sample))
                  .firstOrder());
    }
    for (Shape shape :
        List.of(
            Shape.of(2, 3, 4, 5),
            Shape.of(1, 1, 1, 1),
            Shape.of(0, 3, 2, 2),
            Shape.of(5, 17, 7, 9))) {
      to.add(
          "channelSum",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(channelSum(), p.values(shape.dims())));
    }
    to.add(
        "channelSum",
        Catalogue.FLOATS,
        "accuracy of many terms of one sign",
        p -> p.checkDense(channelSum(), p.between(0.1, 0.1001, 50, 2, 50, 50)));
  }
}
