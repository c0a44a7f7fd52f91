package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** gelu and its gradient, and the exact form, which tensors compose of erf. */
final class GeluCases<A> {

  // 1 + tanh cancels below 0, and what is left of it is multiplied by up to 8.
  private static final Tolerance CANCELLED = Tolerance.nearOne(16);

  // 1 - tanh^2 cancels on both sides; x/2 times the slope of what tanh is taken of is 10 at 4, and
  // the gradient from above a few units.
  private static final Tolerance CANCELLED_SLOPE = Tolerance.nearOne(64);

  private Operation<A> gelu() {
    return Operation.fused(
        (b, x) -> b.gelu(x.get(0)),
        x -> x.get(0).gelu(),
        x -> ReduceOracles.map(x.get(0), FusedOracles::gelu),
        CANCELLED);
  }

  private static <A> Operation<A> exact() {
    return Operation.composed(
        x -> x.get(0).geluExact(),
        x -> ReduceOracles.map(x.get(0), v -> v * (1 + FunctionCases.erf(v * Math.sqrt(0.5))) / 2),
        CANCELLED);
  }

  /** Within 5, where the series that erf is defined by here loses no more than it may. */
  private void exact(Catalogue<A> to) {
    for (Shape shape :
        List.of(Shape.scalar(), Shape.of(0, 2), Shape.of(2, 3, 4), Shape.of(20_011))) {
      to.add(
          "geluExact",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(exact(), p.between(-5, 5, shape.dims())));
    }
    to.add(
        "geluExact",
        Catalogue.FLOATS,
        "published and extreme values",
        p ->
            p.checkByHand(
                exact(),
                // Phi(1) and Phi(-1) to 16 digits, times 1 and -1.
                p.array(new double[] {0, 0.8413447460685429, -0.15865525393145707, 0, 1000}, 5),
                p.array(new double[] {0, 1, -1, -1000, 1000}, 5)));
    to.add(
        "geluExact",
        Catalogue.FLOATS,
        "NaN and infinity",
        p -> p.check(exact(), p.array(new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 2)));
    GradientCases.add(to, "geluExact", "[3, 4]", exact(), p -> new HostArray[] {p.values(3, 4)});
  }

  /** Of the gradient of the output, and the input. */
  private Operation<A> geluGrad() {
    return Operation.fused(
        (b, x) -> b.geluGrad(x.get(0), x.get(1)),
        x -> {
          Tensor input = x.get(1).requiresGrad();
          return Gradients.vjp(input.gelu(), x.get(0), input).get(input);
        },
        x ->
            ReduceOracles.zip(
                x.get(0), x.get(1), x.get(0).dtype(), (g, y) -> g * FusedOracles.geluDerivative(y)),
        CANCELLED_SLOPE);
  }

  void addTo(Catalogue<A> to) {
    exact(to);
    for (Shape shape :
        List.of(Shape.scalar(), Shape.of(0, 2), Shape.of(2, 3, 4), Shape.of(20_011))) {
      to.add(
          "gelu",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(gelu(), p.between(-8, 8, shape.dims())));
      to.add(
          "geluGrad",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(geluGrad(), p.values(shape.dims()), p.between(-4, 4, shape.dims())));
    }
    to.add(
        "gelu",
        Catalogue.FLOATS,
        "published and extreme values",
        p ->
            p.checkByHand(
                gelu(),
                // PyTorch's gelu(x, approximate='tanh') at 1 and -2.
                p.array(new double[] {0, 0.8411919906082768, -0.04540230591222027, 0, 1000}, 5),
                p.array(new double[] {0, 1, -2, -1000, 1000}, 5)));
    to.add(
        "gelu",
        Catalogue.FLOATS,
        "NaN and infinity",
        p -> p.check(gelu(), p.array(new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 2)));
    GradientCases.add(to, "gelu", "[3, 4]", gelu(), p -> new HostArray[] {p.values(3, 4)});
  }
}
