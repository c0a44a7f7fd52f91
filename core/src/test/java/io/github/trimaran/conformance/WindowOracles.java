package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;

/** Definitions of convolution and pooling, each element of each result as its own sum. */
final class WindowOracles {

  private WindowOracles() {}

  /** The padded image's element; 0 outside the image. */
  private static double padded(Grid image, int n, int c, int row, int column) {
    boolean inside = row >= 0 && row < image.dim(2) && column >= 0 && column < image.dim(3);
    return inside ? image.at(n, c, row, column) : 0;
  }

  static Grid conv2d(Grid input, Grid weight, Conv2dGeometry g) {
    int height = spanned(input.dim(2) + g.padTop() + g.padBottom(), weight.dim(2), g.dilationH());
    int width = spanned(input.dim(3) + g.padLeft() + g.padRight(), weight.dim(3), g.dilationW());
    Shape output =
        Shape.of(
            input.dim(0),
            weight.dim(0),
            (height - 1) / g.strideH() + 1,
            (width - 1) / g.strideW() + 1);
    return Grid.fill(
        output,
        input.dtype(),
        at -> {
          int group = at[1] / (weight.dim(0) / g.groups());
          double sum = 0;
          for (int c = 0; c < weight.dim(1); c++) {
            for (int i = 0; i < weight.dim(2); i++) {
              for (int j = 0; j < weight.dim(3); j++) {
                int row = at[2] * g.strideH() + i * g.dilationH() - g.padTop();
                int column = at[3] * g.strideW() + j * g.dilationW() - g.padLeft();
                sum +=
                    weight.at(at[1], c, i, j)
                        * padded(input, at[0], group * weight.dim(1) + c, row, column);
              }
            }
          }
          return sum;
        });
  }

  /** How many places a dilated kernel fits at. */
  private static int spanned(int extent, int kernel, int dilation) {
    return extent - (kernel - 1) * dilation;
  }

  /** The output row whose window has {@code row} at its element {@code i}, or -1. */
  private static int outputOf(int row, int i, int pad, int stride, int dilation, int outputs) {
    int from = row + pad - i * dilation;
    boolean there = from >= 0 && from % stride == 0 && from / stride < outputs;
    return there ? from / stride : -1;
  }

  static Grid conv2dInputGrad(Grid outputGrad, Grid weight, Shape input, Conv2dGeometry g) {
    int filters = weight.dim(0) / g.groups();
    return Grid.fill(
        input,
        outputGrad.dtype(),
        at -> {
          int group = at[1] / weight.dim(1);
          double sum = 0;
          for (int f = group * filters; f < (group + 1) * filters; f++) {
            for (int i = 0; i < weight.dim(2); i++) {
              for (int j = 0; j < weight.dim(3); j++) {
                int y =
                    outputOf(at[2], i, g.padTop(), g.strideH(), g.dilationH(), outputGrad.dim(2));
                int x =
                    outputOf(at[3], j, g.padLeft(), g.strideW(), g.dilationW(), outputGrad.dim(3));
                if (y >= 0 && x >= 0) {
                  sum += outputGrad.at(at[0], f, y, x) * weight.at(f, at[1] % weight.dim(1), i, j);
                }
              }
            }
          }
          return sum;
        });
  }

  static Grid conv2dWeightGrad(Grid input, Grid outputGrad, Shape weight, Conv2dGeometry g) {
    return Grid.fill(
        weight,
        input.dtype(),
        at -> {
          int group = at[0] / (weight.dim(0) / g.groups());
          double sum = 0;
          for (int n = 0; n < input.dim(0); n++) {
            for (int y = 0; y < outputGrad.dim(2); y++) {
              for (int x = 0; x < outputGrad.dim(3); x++) {
                int row = y * g.strideH() + at[2] * g.dilationH() - g.padTop();
                int column = x * g.strideW() + at[3] * g.dilationW() - g.padLeft();
                sum +=
                    outputGrad.at(n, at[0], y, x)
                        * padded(input, n, group * weight.dim(1) + at[1], row, column);
              }
            }
          }
          return sum;
        });
  }

  /** The places in the image under a pooling window, and how many an average divides by. */
  private record Window(List<int[]> places, int divisor) {}

  private static Window window(Shape image, Pool2dGeometry g, int y, int x) {
    List<int[]> places = new ArrayList<>();
    int withPadding = 0;
    for (int i = 0; i < g.kernelH(); i++) {
      for (int j = 0; j < g.kernelW(); j++) {
        int row = y * g.strideH() + i - g.padH();
        int column = x * g.strideW() + j - g.padW();
        if (row < image.dim(2) + g.padH() && column < image.dim(3) + g.padW()) {
          withPadding++;
        }
        if (row >= 0 && row < image.dim(2) && column >= 0 && column < image.dim(3)) {
          places.add(new int[] {row, column});
        }
      }
    }
    return new Window(places, g.countIncludePad() ? withPadding : places.size());
  }

  static Grid avgPool2d(Grid input, Pool2dGeometry g) {
    return Grid.fill(
        g.outputShape(input.shape()),
        input.dtype(),
        at -> {
          Window window = window(input.shape(), g, at[2], at[3]);
          double sum = 0;
          for (int[] place : window.places()) {
            sum += input.at(at[0], at[1], place[0], place[1]);
          }
          return sum / window.divisor();
        });
  }

  static Grid avgPool2dGrad(Grid outputGrad, Shape input, Pool2dGeometry g) {
    return Grid.fill(
        input,
        outputGrad.dtype(),
        at -> {
          double sum = 0;
          for (int y = 0; y < outputGrad.dim(2); y++) {
            for (int x = 0; x < outputGrad.dim(3); x++) {
              Window window = window(input, g, y, x);
              for (int[] place : window.places()) {
                if (place[0] == at[2] && place[1] == at[3]) {
                  sum += outputGrad.at(at[0], at[1], y, x) / window.divisor();
                }
              }
            }
          }
          return sum;
        });
  }

  static Grid maxPool2dIndices(Grid input, Pool2dGeometry g) {
    return Grid.fill(
        g.outputShape(input.shape()),
        DType.INT64,
        at -> {
          int[] best = null;
          double max = Double.NEGATIVE_INFINITY;
          for (int[] place : window(input.shape(), g, at[2], at[3]).places()) {
            double value = input.at(at[0], at[1], place[0], place[1]);
            if (best == null || value > max || (Double.isNaN(value) && !Double.isNaN(max))) {
              best = place;
              max = value;
            }
          }
          return best[0] * input.dim(3) + best[1];
        });
  }

  static Grid maxPool2d(Grid input, Pool2dGeometry g) {
    Grid indices = maxPool2dIndices(input, g);
    return Grid.fill(
        indices.shape(),
        input.dtype(),
        at -> {
          int place = (int) indices.at(at);
          return input.at(at[0], at[1], place / input.dim(3), place % input.dim(3));
        });
  }

  static Grid maxPool2dGrad(Grid outputGrad, Grid indices, Shape input) {
    return Grid.fill(
        input,
        outputGrad.dtype(),
        at -> {
          double sum = 0;
          for (int y = 0; y < outputGrad.dim(2); y++) {
            for (int x = 0; x < outputGrad.dim(3); x++) {
              if (indices.at(at[0], at[1], y, x) == at[2] * input.dim(3) + at[3]) {
                sum += outputGrad.at(at[0], at[1], y, x);
              }
            }
          }
          return sum;
        });
  }
}
