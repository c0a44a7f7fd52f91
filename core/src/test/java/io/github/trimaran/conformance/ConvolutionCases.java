package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.conformance.ConvolutionSamples.Sample;
import io.github.trimaran.tensor.Convolution;

/** conv2d, conv2dInputGrad and conv2dWeightGrad. */
final class ConvolutionCases<A> {

  static <A> Operation<A> conv2d(Conv2dGeometry geometry) {
    return Operation.primitive(
        (b, x) -> b.conv2d(x.get(0), x.get(1), geometry.within(b.shape(x.get(0)))),
        x -> Convolution.conv2d(x.get(0), x.get(1), geometry),
        x -> WindowOracles.conv2d(x.get(0), x.get(1), geometry),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(0)));
  }

  /** Of an output gradient and a weight. */
  static <A> Operation<A> inputGrad(Shape input, Conv2dGeometry geometry) {
    return Operation.primitive(
        (b, x) -> b.conv2dInputGrad(x.get(0), x.get(1), input, geometry.within(input)),
        x -> Convolution.inputGrad(x.get(0), x.get(1), input, geometry),
        x -> WindowOracles.conv2dInputGrad(x.get(0), x.get(1), input, geometry),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(1)));
  }

  /** Of an input and an output gradient. */
  static <A> Operation<A> weightGrad(Shape weight, Conv2dGeometry geometry) {
    return Operation.primitive(
        (b, x) ->
            b.conv2dWeightGrad(x.get(0), x.get(1), weight, geometry.within(b.shape(x.get(0)))),
        x -> Convolution.weightGrad(x.get(0), x.get(1), weight, geometry),
        x -> WindowOracles.conv2dWeightGrad(x.get(0), x.get(1), weight, geometry),
        Tolerance.accumulated(x -> x.get(1).shape().size() / x.get(1).dim(1)));
  }

  void addTo(Catalogue<A> to) {
    byHand(to);
    for (Sample sample : ConvolutionSamples.ALL) {
      to.add("conv2d", Catalogue.FLOATS, sample.name(), p -> forward(p, sample, true));
      to.add("conv2dInputGrad", Catalogue.FLOATS, sample.name(), p -> toInput(p, sample, true));
      to.add("conv2dWeightGrad", Catalogue.FLOATS, sample.name(), p -> toWeight(p, sample, true));
    }
    to.add(
        "conv2d",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            forward(p, ConvolutionSamples.any(p.rng()), false);
          }
        });
    to.add(
        "conv2dInputGrad",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            toInput(p, ConvolutionSamples.any(p.rng()), false);
          }
        });
    to.add(
        "conv2dWeightGrad",
        Catalogue.FLOATS,
        "random geometries",
        p -> {
          for (int i = 0; i < 24; i++) {
            toWeight(p, ConvolutionSamples.any(p.rng()), false);
          }
        });
    nan(to);
  }

  private void forward(Probe<A> p, Sample s, boolean allLayouts) {
    check(
        p,
        conv2d(s.geometry()),
        allLayouts,
        p.values(s.input().dims()),
        p.values(s.weight().dims()));
  }

  private void toInput(Probe<A> p, Sample s, boolean allLayouts) {
    check(
        p,
        inputGrad(s.input(), s.geometry()),
        allLayouts,
        p.values(s.output().dims()),
        p.values(s.weight().dims()));
  }

  private void toWeight(Probe<A> p, Sample s, boolean allLayouts) {
    check(
        p,
        weightGrad(s.weight(), s.geometry()),
        allLayouts,
        p.values(s.input().dims()),
        p.values(s.output().dims()));
  }

  private static <A> void check(
      Probe<A> p, Operation<A> operation, boolean allLayouts, HostArray... operands) {
    if (allLayouts) {
      p.check(operation, operands);
    } else {
      p.checkMixed(operation, operands);
    }
  }

  private void byHand(Catalogue<A> to) {
    double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    double[] kernel = {1, 2, 3, 4};
    to.add(
        "conv2d",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                conv2d(Conv2dGeometry.unit()),
                p.array(new double[] {37, 47, 67, 77}, 1, 1, 2, 2),
                p.array(image, 1, 1, 3, 3),
                p.array(kernel, 1, 1, 2, 2)));
    to.add(
        "conv2dInputGrad",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                inputGrad(Shape.of(1, 1, 3, 3), Conv2dGeometry.unit()),
                p.array(new double[] {1, 2, 0, 3, 4, 0, 0, 0, 0}, 1, 1, 3, 3),
                p.array(new double[] {1, 0, 0, 0}, 1, 1, 2, 2),
                p.array(kernel, 1, 1, 2, 2)));
    to.add(
        "conv2dWeightGrad",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                weightGrad(Shape.of(1, 1, 2, 2), Conv2dGeometry.unit()),
                p.array(new double[] {5, 6, 8, 9}, 1, 1, 2, 2),
                p.array(image, 1, 1, 3, 3),
                p.array(new double[] {0, 0, 0, 1}, 1, 1, 2, 2)));
  }

  /** A NaN in the image reaches every window over it and no other, whatever the weight. */
  private void nan(Catalogue<A> to) {
    to.add(
        "conv2d",
        Catalogue.FLOATS,
        "NaN under a weight of 0",
        p -> {
          HostArray image = p.values(1, 1, 5, 5);
          image.set(6, Double.NaN);
          HostArray weight = p.values(1, 1, 3, 3);
          weight.set(0, 0);
          weight.set(4, 0);
          p.check(conv2d(Conv2dGeometry.unit()), image, weight);
        });
  }
}
