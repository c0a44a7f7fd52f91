package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.function.ToDoubleFunction;

/**
 * A dense array of doubles that oracles compute with. The dtype says what the backend's array is;
 * the values are not rounded to it.
 */
record Grid(Shape shape, DType dtype, double... values) {

  static Grid of(HostArray host) {
    return new Grid(host.shape(), host.dtype(), host.toDoubles());
  }

  /** A grid whose element at each index vector is what {@code element} says. */
  static Grid fill(Shape shape, DType dtype, ToDoubleFunction<int[]> element) {
    double[] values = new double[shape.size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = element.applyAsDouble(index(shape, n));
    }
    return new Grid(shape, dtype, values);
  }

  /** The index vector of a row-major position. */
  static int[] index(Shape shape, int position) {
    int[] index = new int[shape.rank()];
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  /** The element at an index vector. */
  double at(int... index) {
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape.dim(axis)) {
        throw new IllegalArgumentException("oracle: index outside " + shape);
      }
      position = position * shape.dim(axis) + index[axis];
    }
    return values[position];
  }

  /** The element that stretches to an index vector of a shape this one broadcasts to. */
  double stretchedAt(int... index) {
    int[] own = new int[shape.rank()];
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = shape.dim(axis) == 1 ? 0 : index[index.length - own.length + axis];
    }
    return at(own);
  }

  int dim(int axis) {
    return shape.dim(axis);
  }

  Grid abs() {
    return fill(shape, dtype, index -> Math.abs(at(index)));
  }

  HostArray toHost() {
    return HostArray.of(values, shape).to(dtype);
  }
}
