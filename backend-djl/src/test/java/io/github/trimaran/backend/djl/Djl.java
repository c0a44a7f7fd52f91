package io.github.trimaran.backend.djl;

import ai.djl.ndarray.NDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.random.Rng;

/** The backend under test and short ways to put values into it and out of it. */
final class Djl {

  static final Backend<NDArray> DJL = start();

  private Djl() {}

  private static Backend<NDArray> start() {
    return new DjlBackend(PyTorch.start(BackendOptions.defaults()));
  }

  static NDArray floats(Shape shape, double... values) {
    return array(DType.FLOAT32, shape, values);
  }

  static NDArray longs(Shape shape, long... values) {
    return DJL.fromHost(HostArray.of(values, shape));
  }

  static NDArray array(DType dtype, Shape shape, double... values) {
    return DJL.fromHost(HostArray.of(values, shape).to(dtype));
  }

  static double[] values(NDArray array) {
    return DJL.toHost(array).toDoubles();
  }

  /** Values from a normal distribution. */
  static double[] normal(Shape shape, long seed) {
    Rng rng = Rng.seeded(seed);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextGaussian();
    }
    return values;
  }

  /** How far float32 and float64 results may be from a naive loop's. */
  static double tolerance(DType dtype) {
    return dtype == DType.FLOAT32 ? 2e-4 : 1e-11;
  }

  /** The same values, laid out in memory with the axes in reverse order. */
  static NDArray reversedInMemory(DType dtype, Shape shape, double... values) {
    int[] reversed = new int[shape.rank()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = reversed.length - 1 - i;
    }
    NDArray turned = DJL.permute(array(dtype, shape, values), reversed);
    NDArray dense = DJL.fromHost(DJL.toHost(turned));
    return DJL.permute(dense, reversed);
  }
}
