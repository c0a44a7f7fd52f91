package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import java.util.Arrays;

/**
 * Pooling, one plane at a time in a heap array. ND4J's max pooling gives no indices in a plane and
 * ignores NaN, and its average pooling has no ceil mode.
 */
final class Pooling {

  private final Allocator allocator;
  private final Workers workers;

  Pooling(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  /** What moves over a plane: extents of input and output beside the geometry. */
  record Window(Pool2dGeometry geometry, int height, int width, int outputH, int outputW) {

    static Window of(Shape input, Pool2dGeometry geometry) {
      Shape output = geometry.outputShape(input);
      return new Window(geometry, input.dim(2), input.dim(3), output.dim(2), output.dim(3));
    }

    int planeIn() {
      return height * width;
    }

    int planeOut() {
      return outputH * outputW;
    }

    int top(int y) {
      return y * geometry.strideH() - geometry.padH();
    }

    int left(int x) {
      return x * geometry.strideW() - geometry.padW();
    }

    int bottom(int y) {
      return Math.min(top(y) + geometry.kernelH(), height);
    }

    int right(int x) {
      return Math.min(left(x) + geometry.kernelW(), width);
    }

    /** Whether it is the usual window, 2 x 2 without overlap or padding. */
    boolean isTwoByTwo() {
      return geometry.kernelH() == 2
          && geometry.kernelW() == 2
          && geometry.strideH() == 2
          && geometry.strideW() == 2
          && geometry.padH() == 0
          && geometry.padW() == 0
          && outputH * 2 <= height
          && outputW * 2 <= width;
    }

    /** What the sum under output (y, x) is divided by. */
    int divisor(int y, int x) {
      if (!geometry.countIncludePad()) {
        return (bottom(y) - Math.max(top(y), 0)) * (right(x) - Math.max(left(x), 0));
      }
      int rows = Math.min(top(y) + geometry.kernelH(), height + geometry.padH()) - top(y);
      int columns = Math.min(left(x) + geometry.kernelW(), width + geometry.padW()) - left(x);
      return rows * columns;
    }
  }

  /** What is done with a plane. */
  private interface Plane {
    void accept(int number);
  }

  private void planes(int count, int elements, Plane plane) {
    workers.ranges(
        count,
        Math.max(1, Scratch.GRAIN / Math.max(1, elements)),
        (start, end) -> {
          for (int number = start; number < end; number++) {
            plane.accept(number);
          }
        });
  }

  /** Values and indices. */
  MaxPooled<Nd4jArray> max(Nd4jArray input, Pool2dGeometry geometry) {
    Shape shape = geometry.outputShape(input.shape());
    Nd4jArray values = allocator.create(shape, input.dtype());
    boolean done = false;
    try {
      Nd4jArray indices =
          allocator.create(shape, DType.INT64, out -> max(input, geometry, values, out));
      done = true;
      return new MaxPooled<>(values, indices);
    } finally {
      if (!done) {
        allocator.release(values);
      }
    }
  }

  /** Indices alone. */
  Nd4jArray maxIndices(Nd4jArray input, Pool2dGeometry geometry) {
    Shape shape = geometry.outputShape(input.shape());
    return allocator.create(shape, DType.INT64, out -> max(input, geometry, null, out));
  }

  private void max(Nd4jArray input, Pool2dGeometry geometry, Nd4jArray values, Nd4jArray indices) {
    Window window = Window.of(input.shape(), geometry);
    int planeIn = window.planeIn();
    int planeOut = window.planeOut();
    planes(
        indices.size() / planeOut,
        planeIn,
        number -> {
          if (input.dtype() == DType.FLOAT32
              && MaxKeys.pool(window, input, number, values, indices)) {
            return;
          }
          double[] plane = Scratch.get().doubles(0, planeIn);
          double[] maxima = Scratch.get().doubles(1, planeOut);
          long[] places = Scratch.get().longs(0, planeOut);
          Values.read(input, number * planeIn, plane, planeIn);
          for (int y = 0, at = 0; y < window.outputH(); y++) {
            for (int x = 0; x < window.outputW(); x++, at++) {
              int place = place(plane, window, y, x);
              places[at] = place;
              maxima[at] = plane[place];
            }
          }
          indices.longs().put(number * planeOut, places, 0, planeOut);
          if (values != null) {
            Values.write(maxima, values, number * planeOut, planeOut);
          }
        });
  }

  /**
   * The first place of the greatest value, or of the first NaN, under the window of output (y, x).
   */
  private static int place(double[] plane, Window window, int y, int x) {
    int firstRow = Math.max(window.top(y), 0);
    int firstColumn = Math.max(window.left(x), 0);
    int bottom = window.bottom(y);
    int right = window.right(x);
    int place = firstRow * window.width() + firstColumn;
    double best = plane[place];
    for (int row = firstRow; row < bottom; row++) {
      for (int column = firstColumn; column < right; column++) {
        double value = plane[row * window.width() + column];
        if (!(value <= best) && !Double.isNaN(best)) {
          best = value;
          place = row * window.width() + column;
        }
      }
    }
    return place;
  }

  Nd4jArray maxGrad(Nd4jArray outputGrad, Nd4jArray indices, Shape inputShape) {
    int planeIn = inputShape.dim(2) * inputShape.dim(3);
    int planeOut = outputGrad.shape().dim(2) * outputGrad.shape().dim(3);
    return allocator.create(
        inputShape,
        outputGrad.dtype(),
        out ->
            planes(
                inputShape.dim(0) * inputShape.dim(1),
                planeIn,
                number -> {
                  double[] plane = Scratch.get().doubles(0, planeIn);
                  double[] gradients = Scratch.get().doubles(1, planeOut);
                  Arrays.fill(plane, 0, planeIn, 0);
                  Values.read(outputGrad, number * planeOut, gradients, planeOut);
                  for (int at = 0; at < planeOut; at++) {
                    int place =
                        Indexing.index("maxPool2dGrad", indices, number * planeOut + at, planeIn);
                    plane[place] += gradients[at];
                  }
                  Values.write(plane, out, number * planeIn, planeIn);
                }));
  }

  Nd4jArray average(Nd4jArray input, Pool2dGeometry geometry) {
    Window window = Window.of(input.shape(), geometry);
    int planeIn = window.planeIn();
    int planeOut = window.planeOut();
    return allocator.create(
        geometry.outputShape(input.shape()),
        input.dtype(),
        out ->
            planes(
                out.size() / planeOut,
                planeIn,
                number -> {
                  double[] plane = Scratch.get().doubles(0, planeIn);
                  double[] means = Scratch.get().doubles(1, planeOut);
                  Values.read(input, number * planeIn, plane, planeIn);
                  for (int y = 0, at = 0; y < window.outputH(); y++) {
                    for (int x = 0; x < window.outputW(); x++, at++) {
                      means[at] = sum(plane, window, y, x) / window.divisor(y, x);
                    }
                  }
                  Values.write(means, out, number * planeOut, planeOut);
                }));
  }

  private static double sum(double[] plane, Window window, int y, int x) {
    double sum = 0;
    for (int row = Math.max(window.top(y), 0); row < window.bottom(y); row++) {
      for (int column = Math.max(window.left(x), 0); column < window.right(x); column++) {
        sum += plane[row * window.width() + column];
      }
    }
    return sum;
  }

  Nd4jArray averageGrad(Nd4jArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    Window window = Window.of(inputShape, geometry);
    int planeIn = window.planeIn();
    int planeOut = window.planeOut();
    return allocator.create(
        inputShape,
        outputGrad.dtype(),
        out ->
            planes(
                inputShape.dim(0) * inputShape.dim(1),
                planeIn,
                number -> {
                  double[] plane = Scratch.get().doubles(0, planeIn);
                  double[] gradients = Scratch.get().doubles(1, planeOut);
                  Arrays.fill(plane, 0, planeIn, 0);
                  Values.read(outputGrad, number * planeOut, gradients, planeOut);
                  for (int y = 0, at = 0; y < window.outputH(); y++) {
                    for (int x = 0; x < window.outputW(); x++, at++) {
                      spread(plane, window, y, x, gradients[at] / window.divisor(y, x));
                    }
                  }
                  Values.write(plane, out, number * planeIn, planeIn);
                }));
  }

  private static void spread(double[] plane, Window window, int y, int x, double share) {
    for (int row = Math.max(window.top(y), 0); row < window.bottom(y); row++) {
      for (int column = Math.max(window.left(x), 0); column < window.right(x); column++) {
        plane[row * window.width() + column] += share;
      }
    }
  }
}
