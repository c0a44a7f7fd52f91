package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Arithmetic with a number, relu, sigmoid, linear, conv2d with bias and channelSum. */
final class FusedCases<A> {

  static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private Operation<A> addScalar(double c) {
    return Operation.fused(
        (b, x) -> b.addScalar(x.get(0), c),
        x -> x.get(0).add(c),
        x -> ReduceOracles.map(x.get(0), v -> v + c),
        Tolerance.nearOne(1));
  }

  private Operation<A> mulScalar(double c) {
    return Operation.fused(
        (b, x) -> b.mulScalar(x.get(0), c),
        x -> x.get(0).mul(c),
        x -> ReduceOracles.map(x.get(0), v -> v * c),
        Tolerance.rounded(1));
  }

  private Operation<A> powScalar(double c) {
    return Operation.fused(
        (b, x) -> b.powScalar(x.get(0), c),
        x -> x.get(0).pow(c),
        x -> ReduceOracles.map(x.get(0), v -> Math.pow(v, c)),
        Tolerance.rounded(8));
  }

  private Operation<A> relu() {
    return Operation.fused(
        (b, x) -> b.relu(x.get(0)),
        x -> x.get(0).relu(),
        x -> ReduceOracles.map(x.get(0), v -> Math.max(v, 0)),
        Tolerance.exact());
  }

  /** Through tensors as the gradient of a ReLU whose argument is the output. */
  private Operation<A> reluGrad() {
    return Operation.fused(
        (b, x) -> b.reluGrad(x.get(0), x.get(1)),
        x -> {
          Tensor output = x.get(1).requiresGrad();
          return Gradients.vjp(output.relu(), x.get(0), output).get(output);
        },
        x -> ReduceOracles.zip(x.get(0), x.get(1), x.get(0).dtype(), (g, y) -> y > 0 ? g : 0),
        Tolerance.exact());
  }

  private Operation<A> sigmoid() {
    return Operation.fused(
        (b, x) -> b.sigmoid(x.get(0)),
        x -> x.get(0).sigmoid(),
        x -> ReduceOracles.map(x.get(0), FusedOracles::sigmoid),
        Tolerance.nearOne(4));
  }

  private Operation<A> linear(boolean relu) {
    return Operation.fused(
        (b, x) -> b.linear(x.get(0), x.get(1), x.get(2), relu),
        x -> relu ? x.get(0).linearRelu(x.get(1), x.get(2)) : x.get(0).linear(x.get(1), x.get(2)),
        x -> FusedOracles.linear(x.get(0), x.get(1), x.get(2), relu),
        Tolerance.accumulated(x -> x.get(0).dim(1) + 1));
  }

  void addTo(Catalogue<A> to) {
    numbers(to);
    activations(to);
    linear(to);
  }

  private void numbers(Catalogue<A> to) {
    for (double c : new double[] {0, 1, -2, 3}) {
      String with = "with " + c;
      to.add("addScalar", Catalogue.NUMBERS, with, p -> p.check(addScalar(c), p.values(3, 5)));
      to.add("mulScalar", Catalogue.NUMBERS, with, p -> p.check(mulScalar(c), p.values(3, 5)));
    }
    to.add(
        "addScalar",
        Catalogue.FLOATS,
        "with 0.1, 0-d, empty, many, special",
        p -> numberCases(p, addScalar(0.1)));
    to.add(
        "mulScalar",
        Catalogue.FLOATS,
        "with 0.1, 0-d, empty, many, special",
        p -> numberCases(p, mulScalar(0.1)));
    for (double c : new double[] {0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.7}) {
      to.add(
          "powScalar",
          Catalogue.FLOATS,
          "to " + c,
          p -> {
            p.check(powScalar(c), p.between(0.1, 4, 3, 5));
            p.check(powScalar(c), p.array(SPECIAL, SPECIAL.length));
            p.check(powScalar(c), p.between(0, 1, 0, 2));
            if (c == Math.rint(c)) {
              p.check(powScalar(c), p.between(-3, -0.5, 7));
            }
          });
      GradientCases.add(
          to,
          "powScalar",
          "to " + c,
          powScalar(c),
          p -> new HostArray[] {Samples.spaced(p, 0.5, 3, 4)});
    }
    GradientCases.add(
        to,
        "addScalar",
        "then multiplied",
        new Operation<>(
            null,
            x -> List.of(x.get(0).add(0.7).mul(x.get(0))),
            x -> List.of(ReduceOracles.map(x.get(0), v -> (v + 0.7) * v)),
            Tolerance.exact()),
        p -> new HostArray[] {p.values(3, 4)});
    GradientCases.add(
        to,
        "mulScalar",
        "then multiplied",
        new Operation<>(
            null,
            x -> List.of(x.get(0).mul(-0.7).mul(x.get(0))),
            x -> List.of(ReduceOracles.map(x.get(0), v -> -0.7 * v * v)),
            Tolerance.exact()),
        p -> new HostArray[] {p.values(3, 4)});
  }

  private void numberCases(Probe<A> p, Operation<A> operation) {
    p.check(operation, p.values());
    p.check(operation, p.values(2, 0));
    p.check(operation, p.array(SPECIAL, SPECIAL.length));
    p.checkDense(operation, p.values(20_011));
  }

  private void activations(Catalogue<A> to) {
    for (Shape shape :
        List.of(Shape.scalar(), Shape.of(0, 2), Shape.of(2, 3, 4), Shape.of(20_011))) {
      to.add("relu", Catalogue.FLOATS, "" + shape, p -> p.check(relu(), p.values(shape.dims())));
      to.add(
          "reluGrad",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(reluGrad(), p.values(shape.dims()), Samples.tied(p, shape.dims())));
      to.add(
          "sigmoid",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(sigmoid(), p.between(-20, 20, shape.dims())));
    }
    to.add(
        "relu",
        Catalogue.FLOATS,
        "special values",
        p -> p.check(relu(), p.array(SPECIAL, SPECIAL.length)));
    to.add(
        "sigmoid",
        Catalogue.FLOATS,
        "special and extreme values",
        p -> {
          p.check(sigmoid(), p.array(SPECIAL, SPECIAL.length));
          p.checkByHand(
              sigmoid(),
              p.array(new double[] {0, 1, 0.5, 0.7310585786300049}, 4),
              p.array(new double[] {-1000, 1000, 0, 1}, 4));
        });
    GradientCases.add(
        to,
        "relu",
        "both sides of 0",
        new Operation<>(
            null,
            x -> List.of(x.get(0).relu().mul(x.get(0))),
            x -> List.of(ReduceOracles.map(x.get(0), v -> Math.max(v, 0) * v)),
            Tolerance.exact()),
        p -> new HostArray[] {Samples.spaced(p, -0.55, 3, 4)});
    GradientCases.add(to, "sigmoid", "[3, 4]", sigmoid(), p -> new HostArray[] {p.values(3, 4)});
  }

  private void linear(Catalogue<A> to) {
    for (boolean relu : new boolean[] {false, true}) {
      String with = relu ? " with relu" : "";
      for (int[] d :
          List.of(
              new int[] {1, 1, 1},
              new int[] {5, 7, 3},
              new int[] {17, 33, 19},
              new int[] {0, 3, 2},
              new int[] {3, 0, 2},
              new int[] {67, 65, 10})) {
        to.add(
            "linear",
            Catalogue.FLOATS,
            "of [" + d[0] + ", " + d[1] + "] to " + d[2] + with,
            p -> p.check(linear(relu), p.values(d[0], d[1]), p.values(d[2], d[1]), p.values(d[2])));
      }
      GradientCases.add(
          to,
          "linear",
          "[4, 5] to 3" + with,
          linear(relu),
          p -> new HostArray[] {p.values(4, 5), p.values(3, 5), p.values(3)});
    }
    to.add(
        "linear",
        Catalogue.FLOATS,
        "by hand",
        p -> {
          HostArray input = p.array(new double[] {1, 2, 3}, 1, 3);
          HostArray weight = p.array(new double[] {1, 0, -1, 2, 1, 1}, 2, 3);
          HostArray bias = p.array(new double[] {0.5, 0.25}, 2);
          p.checkByHand(
              linear(false), p.array(new double[] {-1.5, 7.25}, 1, 2), input, weight, bias);
          p.checkByHand(linear(true), p.array(new double[] {0, 7.25}, 1, 2), input, weight, bias);
        });
  }
}
