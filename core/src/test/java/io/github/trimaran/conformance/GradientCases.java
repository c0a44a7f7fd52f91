package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.conformance.ConvolutionSamples.Sample;
import io.github.trimaran.tensor.Tensor;
import java.util.function.Function;

/**
 * First and second derivatives of everything differentiable that is made of primitives: against
 * differences of the definitions in float32 and float64, and by GradientCheck in float64.
 */
final class GradientCases<A> {

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    arithmetic();
    functions();
    selection();
    reductions();
    moves();
    contraction();
    windows();
  }

  /** Adds the gradient cases of an operation at operands drawn for each case. */
  static <A> void add(
      Catalogue<A> to,
      String method,
      String name,
      Operation<A> operation,
      Function<Probe<A>, HostArray[]> operands) {
    Function<Probe<A>, GradientProbe<A>> at =
        p -> new GradientProbe<>(p, operation, operands.apply(p));
    to.add(method, Catalogue.FLOATS, "first derivative, " + name, p -> at.apply(p).firstOrder());
    to.add(method, Catalogue.FLOATS, "second derivative, " + name, p -> at.apply(p).secondOrder());
    to.add(method, DType.FLOAT64, "gradient check, " + name, p -> at.apply(p).byGradientCheck());
  }

  private void add(
      String method,
      String name,
      Operation<A> operation,
      Function<Probe<A>, HostArray[]> operands) {
    add(catalogue, method, name, operation, operands);
  }

  private static HostArray[] operands(HostArray... operands) {
    return operands;
  }

  private void arithmetic() {
    binary("add", ArithmeticCases.operation(Backend::add, Tensor::add, Double::sum, null));
    binary("sub", ArithmeticCases.operation(Backend::sub, Tensor::sub, (x, y) -> x - y, null));
    binary("mul", ArithmeticCases.operation(Backend::mul, Tensor::mul, (x, y) -> x * y, null));
    binary("div", ArithmeticCases.operation(Backend::div, Tensor::div, (x, y) -> x / y, null));
    binary(
        "maximum", ArithmeticCases.operation(Backend::maximum, Tensor::maximum, Math::max, null));
    binary(
        "minimum", ArithmeticCases.operation(Backend::minimum, Tensor::minimum, Math::min, null));
    binary("pow", ArithmeticCases.operation(Backend::pow, Tensor::pow, Math::pow, null));
    add(
        "mul",
        "the same tensor twice",
        FunctionCases.operation((b, x) -> b.mul(x, x), x -> x.mul(x), x -> x * x, null),
        p -> operands(p.values(3, 4)));
    add(
        "cast",
        "float32 to float64 and back",
        FunctionCases.operation(
            null, x -> x.to(DType.FLOAT64).sin().to(x.dtype()), Math::sin, null),
        p -> operands(p.values(3, 4)));
  }

  /** Operands from 0.5 to 2.5 without ties, alike and broadcast. */
  private void binary(String method, Operation<A> operation) {
    add(
        method,
        "alike",
        operation,
        p -> operands(Samples.spaced(p, 0.5, 3, 4), Samples.spaced(p, 0.55, 3, 4)));
    add(
        method,
        "both stretched",
        operation,
        p -> operands(Samples.spaced(p, 0.5, 3, 1, 2), Samples.spaced(p, 0.55, 4, 1)));
    add(
        method,
        "with 0-d",
        operation,
        p -> operands(Samples.spaced(p, 0.5, 2, 3), Samples.spaced(p, 0.55)));
  }

  private void functions() {
    function("neg", FunctionCases.operation(Backend::neg, Tensor::neg, x -> -x, null));
    function("exp", FunctionCases.operation(Backend::exp, Tensor::exp, Math::exp, null));
    function("log", FunctionCases.operation(Backend::log, Tensor::log, Math::log, null));
    function("sqrt", FunctionCases.operation(Backend::sqrt, Tensor::sqrt, Math::sqrt, null));
    function("sin", FunctionCases.operation(Backend::sin, Tensor::sin, Math::sin, null));
    function("cos", FunctionCases.operation(Backend::cos, Tensor::cos, Math::cos, null));
    function("tanh", FunctionCases.operation(Backend::tanh, Tensor::tanh, Math::tanh, null));
    function("erf", FunctionCases.operation(Backend::erf, Tensor::erf, FunctionCases::erf, null));
    Operation<A> abs = FunctionCases.operation(Backend::abs, Tensor::abs, Math::abs, null);
    function("abs", abs);
    add("abs", "below 0", abs, p -> operands(Samples.spaced(p, -2.95, 3, 4)));
    add(
        "sign",
        "times its argument",
        FunctionCases.operation(Backend::sign, x -> x.sign().mul(x), x -> Math.signum(x) * x, null),
        p -> operands(Samples.spaced(p, -0.55, 3, 4)));
  }

  private void function(String method, Operation<A> operation) {
    add(method, "[3, 4]", operation, p -> operands(Samples.spaced(p, 0.5, 3, 4)));
    add(method, "0-d", operation, p -> operands(Samples.spaced(p, 0.7)));
  }

  private void selection() {
    Operation<A> where =
        Operation.primitive(
            (b, x) -> b.where(x.get(0), x.get(1), x.get(2)),
            x -> Tensor.where(x.get(0), x.get(1).exp(), x.get(2).sin()),
            x ->
                ReduceOracles.where(
                    x.get(0),
                    ReduceOracles.map(x.get(1), Math::exp),
                    ReduceOracles.map(x.get(2), Math::sin)),
            null);
    add(
        "where",
        "all three broadcast",
        where,
        p -> operands(Samples.conditions(p, 3, 1), p.values(1, 4), p.values(2, 1, 1)));
  }

  /** An operation after an exponential, so that second derivatives are not 0. */
  static <A> Operation<A> afterExp(Operation<A> operation) {
    return new Operation<>(
        operation.backend(),
        x ->
            operation
                .tensor()
                .apply(x.stream().map(t -> t.dtype().isFloating() ? t.exp() : t).toList()),
        x ->
            operation
                .oracle()
                .apply(
                    x.stream()
                        .map(g -> g.dtype().isFloating() ? ReduceOracles.map(g, Math::exp) : g)
                        .toList()),
        null);
  }

  private void reductions() {
    for (int[] axes : new int[][] {{0}, {1}, {2}, {0, 2}, {0, 1, 2}}) {
      String over = "over " + java.util.Arrays.toString(axes);
      add("sum", over, afterExp(ReduceCases.sum(axes)), p -> operands(p.values(2, 3, 4)));
      add(
          "max",
          over,
          afterExp(ReduceCases.max(axes)),
          p -> operands(Samples.spaced(p, -1, 2, 3, 4)));
    }
    add(
        "broadcastTo",
        "[3, 1] to [2, 3, 4]",
        afterExp(ReduceCases.broadcastTo(Shape.of(2, 3, 4))),
        p -> operands(p.values(3, 1)));
  }

  private void moves() {
    add(
        "reshape",
        "[2, 6] to [3, 4]",
        afterExp(MoveCases.reshape(Shape.of(3, 4))),
        p -> operands(p.values(2, 6)));
    add(
        "permute",
        "to [2, 0, 1]",
        afterExp(MoveCases.permute(2, 0, 1)),
        p -> operands(p.values(2, 3, 4)));
    add("flip", "along [0, 2]", afterExp(MoveCases.flip(0, 2)), p -> operands(p.values(2, 3, 4)));
    add(
        "slice",
        "steps with remainder",
        afterExp(MoveCases.slice(new int[] {1, 0}, new int[] {7, 5}, 3, 2)),
        p -> operands(p.values(7, 6)));
    add(
        "pad",
        "edges and interior",
        afterExp(MoveCases.pad(0.5, new int[] {1, 2}, new int[] {2, 0}, 1, 3)),
        p -> operands(p.values(3, 2)));
    add(
        "concat",
        "three along 1",
        afterExp(MoveCases.concat(1)),
        p -> operands(p.values(2, 1), p.values(2, 3), p.values(2, 2)));
    add(
        "gather",
        "with duplicates",
        afterExp(IndexCases.gather(1)),
        p -> operands(p.values(3, 4), p.indices(4, 3, 6)));
    add(
        "scatterAdd",
        "with duplicates",
        afterExp(IndexCases.scatterAdd(1, 4)),
        p -> operands(p.values(3, 6), p.indices(4, 3, 6)));
  }

  private void contraction() {
    add("matmul", "matrices", MatmulCases.matmul(), p -> operands(p.values(3, 4), p.values(4, 2)));
    add(
        "matmul",
        "batches that broadcast",
        MatmulCases.matmul(),
        p -> operands(p.values(2, 1, 3, 4), p.values(5, 4, 2)));
    add(
        "matmul",
        "a batch by one matrix",
        MatmulCases.matmul(),
        p -> operands(p.values(3, 2, 4), p.values(4, 5)));
  }

  private void windows() {
    for (Sample sample : ConvolutionSamples.FOR_GRADIENTS) {
      Conv2dGeometry geometry = sample.geometry();
      add(
          "conv2d",
          sample.name(),
          ConvolutionCases.conv2d(geometry),
          p -> operands(p.values(sample.input().dims()), p.values(sample.weight().dims())));
      add(
          "conv2dInputGrad",
          sample.name(),
          ConvolutionCases.inputGrad(sample.input(), geometry),
          p -> operands(p.values(sample.output().dims()), p.values(sample.weight().dims())));
      add(
          "conv2dWeightGrad",
          sample.name(),
          ConvolutionCases.weightGrad(sample.weight(), geometry),
          p -> operands(p.values(sample.input().dims()), p.values(sample.output().dims())));
    }
    for (Pool2dGeometry geometry :
        new Pool2dGeometry[] {
          Pool2dGeometry.of(2, 2),
          Pool2dGeometry.of(3, 2).withCeilMode(),
          Pool2dGeometry.of(3, 2).withPadding(1).withCountIncludePad(false)
        }) {
      Operation<A> average = PoolingCases.avgPool2d(geometry);
      add("avgPool2d", "" + geometry, afterExp(average), p -> operands(p.values(2, 2, 5, 6)));
      Operation<A> maxima = FusedPoolingCases.maxPool2dValues(geometry);
      add(
          "maxPool2dIndices",
          "" + geometry,
          afterExp(maxima),
          p -> operands(Samples.spaced(p, -6, 2, 2, 5, 6)));
    }
  }
}
