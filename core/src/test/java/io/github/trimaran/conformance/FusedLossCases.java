package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.CrossEntropy;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** logSoftmax, softmaxCrossEntropy and its gradient. */
final class FusedLossCases<A> {

  private Operation<A> logSoftmax(int axis) {
    return Operation.fused(
        (b, x) -> b.logSoftmax(x.get(0), axis),
        x -> x.get(0).logSoftmax(axis - x.get(0).shape().rank()),
        x -> FusedOracles.logSoftmax(x.get(0), axis),
        new Tolerance(4, Tolerance.Scale.VALUE_OR_ONE, x -> x.get(0).dim(axis)));
  }

  private Operation<A> crossEntropy(double smoothing) {
    return Operation.fused(
        (b, x) -> b.softmaxCrossEntropy(x.get(0), x.get(1), smoothing),
        x -> CrossEntropy.of(x.get(0), x.get(1), smoothing),
        x -> FusedOracles.crossEntropy(x.get(0), x.get(1), smoothing),
        new Tolerance(4, Tolerance.Scale.VALUE_OR_ONE, x -> x.get(0).dim(1)));
  }

  /** Of the gradient of the losses, the logits and the labels. */
  private Operation<A> crossEntropyGrad(double smoothing) {
    return Operation.fused(
        (b, x) -> b.softmaxCrossEntropyGrad(x.get(0), x.get(1), x.get(2), smoothing),
        x -> {
          Tensor logits = x.get(1).requiresGrad();
          Tensor losses = CrossEntropy.of(logits, x.get(2), smoothing);
          return Gradients.vjp(losses, x.get(0), logits).get(logits);
        },
        x -> FusedOracles.crossEntropyGrad(x.get(0), x.get(1), x.get(2), smoothing),
        new Tolerance(4, Tolerance.Scale.VALUE_OR_ONE, x -> x.get(1).dim(1)));
  }

  void addTo(Catalogue<A> to) {
    logSoftmax(to);
    for (double smoothing : new double[] {0, 0.1, 1}) {
      crossEntropy(to, smoothing);
    }
    byHand(to);
    outOfRange(to);
  }

  private void logSoftmax(Catalogue<A> to) {
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      to.add(
          "logSoftmax",
          Catalogue.FLOATS,
          "of [3, 4, 5] along " + axis,
          p -> p.check(logSoftmax(along), p.values(3, 4, 5)));
      GradientCases.add(
          to,
          "logSoftmax",
          "along " + axis,
          logSoftmax(axis),
          p -> new HostArray[] {p.values(3, 4, 2)});
    }
    to.add(
        "logSoftmax",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                logSoftmax(0),
                p.array(
                    new double[] {-2.4076059644443806, -1.4076059644443804, -0.4076059644443804},
                    3),
                p.array(new double[] {1, 2, 3}, 3)));
    to.add(
        "logSoftmax",
        Catalogue.FLOATS,
        "of large numbers does not overflow",
        p -> {
          p.check(logSoftmax(1), p.array(new double[] {1000, 1001, -1000, -1003, 0, 500}, 2, 3));
          p.check(logSoftmax(1), p.array(new double[] {-1000, -1001, -1002, 1e30, 0, 1}, 2, 3));
        });
    to.add(
        "logSoftmax",
        Catalogue.FLOATS,
        "NaN and minus infinity",
        p ->
            p.check(
                logSoftmax(1),
                p.array(new double[] {Double.NaN, 1, 2, Double.NEGATIVE_INFINITY, 1, 2}, 2, 3)));
    to.add(
        "logSoftmax",
        Catalogue.FLOATS,
        "one class, no samples, a thousand classes",
        p -> {
          p.check(logSoftmax(1), p.values(4, 1));
          p.check(logSoftmax(1), p.values(0, 3));
          p.checkDense(logSoftmax(1), p.values(3, 1000));
        });
  }

  private void crossEntropy(Catalogue<A> to, double smoothing) {
    String with = "smoothing " + smoothing;
    for (int[] d :
        List.of(
            new int[] {5, 10},
            new int[] {1, 1},
            new int[] {0, 3},
            new int[] {67, 3},
            new int[] {3, 1000})) {
      String of = "[" + d[0] + ", " + d[1] + "], " + with;
      to.add(
          "softmaxCrossEntropy",
          Catalogue.FLOATS,
          of,
          p -> p.check(crossEntropy(smoothing), p.values(d[0], d[1]), p.indices(d[1], d[0])));
      to.add(
          "softmaxCrossEntropyGrad",
          Catalogue.FLOATS,
          of,
          p ->
              p.check(
                  crossEntropyGrad(smoothing),
                  p.values(d[0]),
                  p.values(d[0], d[1]),
                  p.indices(d[1], d[0])));
    }
    to.add(
        "softmaxCrossEntropy",
        Catalogue.FLOATS,
        "large logits, " + with,
        p -> {
          HostArray logits = p.array(new double[] {1000, 0, -1000, 1000, 999, 0}, 2, 3);
          HostArray labels = HostArray.of(new long[] {2, 0}, Shape.of(2));
          p.check(crossEntropy(smoothing), logits, labels);
          p.check(crossEntropyGrad(smoothing), p.array(new double[] {1, 1}, 2), logits, labels);
        });
    GradientCases.add(
        to,
        "softmaxCrossEntropy",
        with,
        crossEntropy(smoothing),
        p -> new HostArray[] {p.values(4, 5), p.indices(5, 4)});
  }

  private void byHand(Catalogue<A> to) {
    to.add(
        "softmaxCrossEntropy",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray logits = p.array(new double[] {1, 2, 3, 0, 0, 0}, 2, 3);
          HostArray labels = HostArray.of(new long[] {2, 1}, Shape.of(2));
          p.checkByHand(
              crossEntropy(0),
              p.array(new double[] {0.4076059644443804, 1.0986122886681098}, 2),
              logits,
              labels);
          p.checkByHand(
              crossEntropy(0.3),
              p.array(new double[] {0.7076059644443803, 1.0986122886681098}, 2),
              logits,
              labels);
        });
    to.add(
        "softmaxCrossEntropyGrad",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                crossEntropyGrad(0),
                p.array(new double[] {2 / 3.0, -4 / 3.0, 2 / 3.0}, 1, 3),
                p.array(new double[] {2}, 1),
                p.array(new double[] {5, 5, 5}, 1, 3),
                HostArray.of(new long[] {1}, Shape.of(1))));
  }

  private void outOfRange(Catalogue<A> to) {
    for (long bad : new long[] {-1, 3, 1L << 32}) {
      to.add(
          "softmaxCrossEntropy",
          Catalogue.FLOATS,
          "label " + bad + " out of range",
          p -> {
            Backend<A> backend = p.backend();
            HostArray labels = HostArray.of(new long[] {0, bad}, Shape.of(2));
            try (Scope scope = Scope.open("a failing case")) {
              Tensor logits = Tensor.of(backend, p.values(2, 3));
              Tensor labelled = Tensor.of(backend, labels);
              Comparison.requireEqual(
                  "the error",
                  "softmaxCrossEntropy: label " + bad + " at [1] is not from 0 to 2 ([2, 3], [2])",
                  IndexCases.requireOutOfBounds(() -> CrossEntropy.of(logits, labelled, 0)));
            }
          });
    }
  }
}
