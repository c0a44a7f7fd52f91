package io.github.trimaran.naive;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;

/** Convolution and pooling, one element at a time. */
final class Windows {

  private Windows() {}

  /** One product of the trilinear form: positions in the image, the weight and the output. */
  @FunctionalInterface
  private interface Term {
    void add(int input, int weight, int output);
  }

  /** Visits every product that {@link Conv2dGeometry}'s formula has, but for those with padding. */
  private static void terms(Shape input, Shape weight, Conv2dGeometry g, Term term) {
    Shape output = g.outputShape(input, weight);
    int filtersPerGroup = weight.dim(0) / g.groups();
    Loops.forEach(
        output,
        at -> {
          int firstChannel = at[1] / filtersPerGroup * weight.dim(1);
          for (int c = 0; c < weight.dim(1); c++) {
            for (int i = 0; i < weight.dim(2); i++) {
              for (int j = 0; j < weight.dim(3); j++) {
                int row = at[2] * g.strideH() + i * g.dilationH() - g.padTop();
                int column = at[3] * g.strideW() + j * g.dilationW() - g.padLeft();
                if (inside(row, input.dim(2)) && inside(column, input.dim(3))) {
                  term.add(
                      Loops.position(input, at[0], firstChannel + c, row, column),
                      Loops.position(weight, at[1], c, i, j),
                      Loops.position(output, at));
                }
              }
            }
          }
        });
  }

  private static boolean inside(int i, int extent) {
    return i >= 0 && i < extent;
  }

  static HostArray conv2d(HostArray input, HostArray weight, Conv2dGeometry g) {
    Shape shape = g.outputShape(input.shape(), weight.shape());
    double[] out = new double[shape.size()];
    terms(input.shape(), weight.shape(), g, (x, w, y) -> out[y] += input.get(x) * weight.get(w));
    return HostArray.of(out, shape).to(input.dtype());
  }

  static HostArray conv2dInputGrad(
      HostArray outputGrad, HostArray weight, Shape shape, Conv2dGeometry g) {
    double[] out = new double[shape.size()];
    terms(shape, weight.shape(), g, (x, w, y) -> out[x] += outputGrad.get(y) * weight.get(w));
    return HostArray.of(out, shape).to(weight.dtype());
  }

  static HostArray conv2dWeightGrad(
      HostArray input, HostArray outputGrad, Shape shape, Conv2dGeometry g) {
    double[] out = new double[shape.size()];
    terms(input.shape(), shape, g, (x, w, y) -> out[w] += outputGrad.get(y) * input.get(x));
    return HostArray.of(out, shape).to(input.dtype());
  }

  /** A pooling window, cut to the image. */
  private record Window(int top, int bottom, int left, int right, int divisor) {

    static Window at(Shape input, Pool2dGeometry g, int y, int x) {
      int top = y * g.strideH() - g.padH();
      int left = x * g.strideW() - g.padW();
      int height = input.dim(2);
      int width = input.dim(3);
      int paddedBottom = Math.min(top + g.kernelH(), height + g.padH());
      int paddedRight = Math.min(left + g.kernelW(), width + g.padW());
      int padded = (paddedBottom - top) * (paddedRight - left);
      int bottom = Math.min(paddedBottom, height);
      int right = Math.min(paddedRight, width);
      int firstRow = Math.max(top, 0);
      int firstColumn = Math.max(left, 0);
      int real = (bottom - firstRow) * (right - firstColumn);
      return new Window(firstRow, bottom, firstColumn, right, g.countIncludePad() ? padded : real);
    }
  }

  static HostArray avgPool2d(HostArray input, Pool2dGeometry g) {
    Shape shape = g.outputShape(input.shape());
    double[] out = new double[shape.size()];
    Loops.forEach(
        shape,
        at -> {
          Window window = Window.at(input.shape(), g, at[2], at[3]);
          double sum = 0;
          for (int row = window.top(); row < window.bottom(); row++) {
            for (int column = window.left(); column < window.right(); column++) {
              sum += input.get(Loops.position(input.shape(), at[0], at[1], row, column));
            }
          }
          out[Loops.position(shape, at)] = sum / window.divisor();
        });
    return HostArray.of(out, shape).to(input.dtype());
  }

  static HostArray avgPool2dGrad(HostArray outputGrad, Shape shape, Pool2dGeometry g) {
    double[] out = new double[shape.size()];
    Loops.forEach(
        outputGrad.shape(),
        at -> {
          Window window = Window.at(shape, g, at[2], at[3]);
          double share = outputGrad.get(Loops.position(outputGrad.shape(), at)) / window.divisor();
          for (int row = window.top(); row < window.bottom(); row++) {
            for (int column = window.left(); column < window.right(); column++) {
              out[Loops.position(shape, at[0], at[1], row, column)] += share;
            }
          }
        });
    return HostArray.of(out, shape).to(outputGrad.dtype());
  }

  static HostArray maxPool2dIndices(HostArray input, Pool2dGeometry g) {
    Shape shape = g.outputShape(input.shape());
    long[] out = new long[shape.size()];
    Loops.forEach(
        shape,
        at -> {
          Window window = Window.at(input.shape(), g, at[2], at[3]);
          int best = -1;
          double max = 0;
          for (int row = window.top(); row < window.bottom(); row++) {
            for (int column = window.left(); column < window.right(); column++) {
              double value = input.get(Loops.position(input.shape(), at[0], at[1], row, column));
              if (best < 0 || beats(value, max)) {
                best = row * input.shape().dim(3) + column;
                max = value;
              }
            }
          }
          out[Loops.position(shape, at)] = best;
        });
    return HostArray.of(out, shape);
  }

  /**
   * Whether a later value takes the maximum's place: a NaN is the greatest, the first of equals
   * stays.
   */
  static boolean beats(double value, double max) {
    return value > max || (Double.isNaN(value) && !Double.isNaN(max));
  }
}
