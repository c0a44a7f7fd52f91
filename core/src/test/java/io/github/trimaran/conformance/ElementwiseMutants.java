package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Backends wrong in arithmetic, functions, comparisons, selection and conversion. */
final class ElementwiseMutants {

  private ElementwiseMutants() {}

  private static NaiveArray compare(
      FusingBackend to, NaiveArray a, NaiveArray b, DoubleBinaryOperator wrong) {
    return to.own(
        ReduceOracles.zip(FusingBackend.grid(a), FusingBackend.grid(b), DType.BOOL, wrong));
  }

  private static NaiveArray map(FusingBackend to, NaiveArray a, DoubleUnaryOperator wrong) {
    return to.own(ReduceOracles.map(FusingBackend.grid(a), wrong));
  }

  private static boolean isLong(NaiveArray a) {
    return a.values().dtype() == DType.INT64;
  }

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "int64 added as doubles",
            "add",
            new FusingBackend() {
              @Override
              public NaiveArray add(NaiveArray a, NaiveArray b) {
                return zip(a, b, Double::sum);
              }
            }),
        new Mutant(
            "operands of a difference exchanged",
            "sub",
            new FusingBackend() {
              @Override
              public NaiveArray sub(NaiveArray a, NaiveArray b) {
                return super.sub(b, a);
              }
            }),
        new Mutant(
            "0 times infinity is 0",
            "mul",
            new FusingBackend() {
              @Override
              public NaiveArray mul(NaiveArray a, NaiveArray b) {
                return isLong(a)
                    ? super.mul(a, b)
                    : zip(a, b, (x, y) -> x == 0 || y == 0 ? 0 : x * y);
              }
            }),
        new Mutant(
            "division by 0 is 0",
            "div",
            new FusingBackend() {
              @Override
              public NaiveArray div(NaiveArray a, NaiveArray b) {
                return zip(a, b, (x, y) -> y == 0 ? 0 : x / y);
              }
            }),
        new Mutant(
            "maximum drops NaN, as fmax does",
            "maximum",
            new FusingBackend() {
              @Override
              public NaiveArray maximum(NaiveArray a, NaiveArray b) {
                return isLong(a)
                    ? super.maximum(a, b)
                    : zip(a, b, (x, y) -> x > y || Double.isNaN(y) ? x : y);
              }
            }),
        new Mutant(
            "minimum drops NaN of one side",
            "minimum",
            new FusingBackend() {
              @Override
              public NaiveArray minimum(NaiveArray a, NaiveArray b) {
                return isLong(a) ? super.minimum(a, b) : zip(a, b, (x, y) -> x < y ? x : y);
              }
            }),
        new Mutant(
            "power of a negative base is NaN",
            "pow",
            new FusingBackend() {
              @Override
              public NaiveArray pow(NaiveArray a, NaiveArray b) {
                return zip(a, b, (x, y) -> Math.exp(y * Math.log(x)));
              }
            }),
        new Mutant(
            "exp by a short series",
            "exp",
            new FusingBackend() {
              @Override
              public NaiveArray exp(NaiveArray a) {
                return map(this, a, x -> Math.pow(1 + x / 1048576, 1048576));
              }
            }),
        new Mutant(
            "log of 0 is NaN",
            "log",
            new FusingBackend() {
              @Override
              public NaiveArray log(NaiveArray a) {
                return map(this, a, x -> x == 0 ? Double.NaN : Math.log(x));
              }
            }),
        new Mutant(
            "erf by a formula with five digits",
            "erf",
            new FusingBackend() {
              @Override
              public NaiveArray erf(NaiveArray a) {
                // Abramowitz and Stegun 7.1.25.
                return map(
                    this,
                    a,
                    x -> {
                      double t = 1 / (1 + 0.47047 * Math.abs(x));
                      double sum = t * (0.3480242 + t * (-0.0958798 + t * 0.7478556));
                      return Math.copySign(1 - sum * Math.exp(-x * x), x);
                    });
              }
            }),
        new Mutant(
            "sqrt below 0 is 0",
            "sqrt",
            new FusingBackend() {
              @Override
              public NaiveArray sqrt(NaiveArray a) {
                return map(this, a, x -> Math.sqrt(Math.max(x, 0)));
              }
            }),
        new Mutant(
            "sin in single precision for float64",
            "sin",
            new FusingBackend() {
              @Override
              public NaiveArray sin(NaiveArray a) {
                return map(this, a, x -> isSingle(a) ? Math.sin(x) : (float) Math.sin(x));
              }
            }),
        new Mutant(
            "cos of degrees",
            "cos",
            new FusingBackend() {
              @Override
              public NaiveArray cos(NaiveArray a) {
                return map(this, a, x -> Math.cos(Math.toRadians(x)));
              }
            }),
        new Mutant(
            "tanh overflows",
            "tanh",
            new FusingBackend() {
              @Override
              public NaiveArray tanh(NaiveArray a) {
                return map(
                    this, a, x -> (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x)));
              }
            }),
        new Mutant(
            "abs of NaN is 0",
            "abs",
            new FusingBackend() {
              @Override
              public NaiveArray abs(NaiveArray a) {
                return isLong(a)
                    ? super.abs(a)
                    : map(this, a, x -> Double.isNaN(x) ? 0 : Math.abs(x));
              }
            }),
        new Mutant(
            "int64 negated as doubles",
            "neg",
            new FusingBackend() {
              @Override
              public NaiveArray neg(NaiveArray a) {
                return map(this, a, x -> -x);
              }
            }),
        new Mutant(
            "sign of NaN is 0",
            "sign",
            new FusingBackend() {
              @Override
              public NaiveArray sign(NaiveArray a) {
                return map(this, a, x -> Double.isNaN(x) ? 0 : Math.signum(x));
              }
            }),
        new Mutant(
            "greater with NaN is true",
            "greater",
            new FusingBackend() {
              @Override
              public NaiveArray greater(NaiveArray a, NaiveArray b) {
                return isLong(a)
                    ? super.greater(a, b)
                    : compare(this, a, b, (x, y) -> !(x <= y) ? 1 : 0);
              }
            }),
        new Mutant(
            "greaterEqual by adding an epsilon",
            "greaterEqual",
            new FusingBackend() {
              @Override
              public NaiveArray greaterEqual(NaiveArray a, NaiveArray b) {
                return compare(this, a, b, (x, y) -> x > y - 1e-6 ? 1 : 0);
              }
            }),
        new Mutant(
            "NaN equals NaN",
            "equal",
            new FusingBackend() {
              @Override
              public NaiveArray equal(NaiveArray a, NaiveArray b) {
                return isLong(a)
                    ? super.equal(a, b)
                    : compare(
                        this,
                        a,
                        b,
                        (x, y) -> x == y || (Double.isNaN(x) && Double.isNaN(y)) ? 1 : 0);
              }
            }),
        new Mutant(
            "int64 compared as doubles",
            "equal",
            new FusingBackend() {
              @Override
              public NaiveArray equal(NaiveArray a, NaiveArray b) {
                return compare(this, a, b, (x, y) -> x == y ? 1 : 0);
              }
            }),
        new Mutant(
            "and is or",
            "logicalAnd",
            new FusingBackend() {
              @Override
              public NaiveArray logicalAnd(NaiveArray a, NaiveArray b) {
                return super.logicalOr(a, b);
              }
            }),
        new Mutant(
            "or is exclusive",
            "logicalOr",
            new FusingBackend() {
              @Override
              public NaiveArray logicalOr(NaiveArray a, NaiveArray b) {
                return compare(this, a, b, (x, y) -> x != y ? 1 : 0);
              }
            }),
        new Mutant(
            "not is the identity",
            "logicalNot",
            new FusingBackend() {
              @Override
              public NaiveArray logicalNot(NaiveArray a) {
                return super.logicalOr(a, a);
              }
            }),
        new Mutant(
            "where multiplies by the mask",
            "where",
            new FusingBackend() {
              @Override
              public NaiveArray where(NaiveArray condition, NaiveArray a, NaiveArray b) {
                Grid mask = grid(condition);
                DType dtype = dtype(a);
                Grid left = ReduceOracles.zip(mask, grid(a), dtype, (m, x) -> m * x);
                Grid right = ReduceOracles.zip(mask, grid(b), dtype, (m, x) -> (1 - m) * x);
                return own(ReduceOracles.zip(left, right, dtype, Double::sum));
              }
            }),
        new Mutant(
            "casts to int64 round down",
            "cast",
            new FusingBackend() {
              @Override
              public NaiveArray cast(NaiveArray a, DType dtype) {
                return dtype == DType.INT64 && !isLong(a)
                    ? own(new Grid(shape(a), dtype, map(this, a, Math::floor).values().toDoubles()))
                    : super.cast(a, dtype);
              }
            }),
        new Mutant(
            "full of float64 in single precision",
            "full",
            new FusingBackend() {
              @Override
              public NaiveArray full(Shape shape, DType dtype, double value) {
                return super.full(shape, dtype, (float) value);
              }
            }),
        new Mutant(
            "shape without extents of 1",
            "shape",
            new FusingBackend() {
              @Override
              public Shape shape(NaiveArray a) {
                int[] extents = super.shape(a).dims();
                return Shape.of(java.util.Arrays.stream(extents).filter(e -> e != 1).toArray());
              }
            }),
        new Mutant(
            "dtype float32 for float64",
            "dtype",
            new FusingBackend() {
              @Override
              public DType dtype(NaiveArray a) {
                return super.dtype(a) == DType.FLOAT64 ? DType.FLOAT32 : super.dtype(a);
              }
            }),
        new Mutant(
            "int64 uploaded as doubles",
            "fromHost",
            new FusingBackend() {
              @Override
              public NaiveArray fromHost(HostArray values) {
                return own(Grid.of(values));
              }
            }),
        new Mutant(
            "int64 downloaded as doubles",
            "toHost",
            new FusingBackend() {
              @Override
              public HostArray toHost(NaiveArray a) {
                return grid(a).toHost();
              }
            }));
  }
}
