package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import java.util.function.IntToDoubleFunction;

/** Tensors whose values follow from a rule. They are worked out in double and rounded once. */
final class Creation {

  private Creation() {}

  static Tensor arange(Backend<?> backend, long start, long end, long step) {
    requireStep((double) start, (double) end, (double) step);
    Shape shape = Shape.result("arange", count(start, end, step));
    long[] values = new long[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return Tensor.of(backend, HostArray.of(values, shape));
  }

  /** As many as fit, the largest number where there are more. */
  private static long count(long start, long end, long step) {
    boolean overflows = ((end ^ start) & (end ^ (end - start))) < 0;
    if (overflows || step == Long.MIN_VALUE) {
      return (long) Math.ceil(((double) end - start) / step);
    }
    return step > 0 ? ceilDiv(end - start, step) : ceilDiv(start - end, -step);
  }

  static Tensor arange(Backend<?> backend, double start, double end, double step, DType dtype) {
    requireStep(start, end, step);
    Shape shape = Shape.result("arange", (long) Math.ceil((end - start) / step));
    return filled("arange", backend, shape, dtype, i -> start + i * step);
  }

  private static void requireStep(double start, double end, double step) {
    if (!(step != 0 && (end - start) / step >= 0)) {
      throw new IllegalArgumentException(
          "arange: steps of " + step + " do not lead from " + start + " to " + end);
    }
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }

  /** From both ends to the middle, so that both are met exactly. */
  static Tensor linspace(Backend<?> backend, double start, double end, int count, DType dtype) {
    if (count < 0) {
      throw new IllegalArgumentException("linspace: count must be at least 0, is " + count);
    }
    double step = (end - start) / Math.max(count - 1, 1);
    return filled(
        "linspace",
        backend,
        Shape.of(count),
        dtype,
        i -> i < (count + 1) / 2 ? start + i * step : end - (count - 1 - i) * step);
  }

  static Tensor eye(Backend<?> backend, int size, DType dtype) {
    Shape shape = Shape.result("eye", size, size);
    return filled("eye", backend, shape, dtype, i -> i / size == i % size ? 1 : 0);
  }

  static Tensor rand(Backend<?> backend, Shape shape, DType dtype, Rng rng) {
    requireFloating("rand", dtype);
    // A float32 has room for 24 random bits; rounding more could give 1.
    double bits = dtype == DType.FLOAT32 ? 0x1p24 : 0x1p53;
    return filled("rand", backend, shape, dtype, i -> Math.floor(rng.nextDouble() * bits) / bits);
  }

  static Tensor randn(Backend<?> backend, Shape shape, DType dtype, Rng rng) {
    requireFloating("randn", dtype);
    return filled("randn", backend, shape, dtype, i -> rng.nextGaussian());
  }

  private static void requireFloating(String name, DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(name + ": needs float32 or float64, is " + dtype);
    }
  }

  private static Tensor filled(
      String name, Backend<?> backend, Shape shape, DType dtype, IntToDoubleFunction value) {
    HostArray values = HostArray.zeros(shape, dtype);
    for (int i = 0; i < shape.size(); i++) {
      double number = value.applyAsDouble(i);
      Op.requireHolds(name, dtype, number);
      values.set(i, number);
    }
    return Tensor.of(backend, values);
  }
}
