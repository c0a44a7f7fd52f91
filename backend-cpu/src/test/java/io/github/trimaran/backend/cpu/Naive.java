package io.github.trimaran.backend.cpu;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/** The definitions as nested loops in double precision: what the kernels are compared with. */
final class Naive {

  private Naive() {}

  /** Uniform in [-1, 1). */
  static HostArray random(Rng rng, DType dtype, int... extents) {
    HostArray array = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < array.shape().size(); i++) {
      array.set(i, rng.nextDouble(-1, 1));
    }
    return array;
  }

  static double[] matmul(double[] a, double[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < k; l++) {
          c[i * n + j] += a[i * k + l] * b[l * n + j];
        }
      }
    }
    return c;
  }

  /** What a term of a convolution multiplies and where it belongs, by row-major position. */
  @FunctionalInterface
  interface Term {
    void add(int input, int weight, int output);
  }

  static void convolve(Shape input, Shape weight, Conv2dGeometry g, Term term) {
    Shape output = g.outputShape(input, weight);
    int filters = weight.dim(0) / g.groups();
    for (int n = 0; n < output.dim(0); n++) {
      for (int f = 0; f < output.dim(1); f++) {
        for (int y = 0; y < output.dim(2); y++) {
          for (int x = 0; x < output.dim(3); x++) {
            for (int c = 0; c < weight.dim(1); c++) {
              for (int i = 0; i < weight.dim(2); i++) {
                for (int j = 0; j < weight.dim(3); j++) {
                  int channel = f / filters * weight.dim(1) + c;
                  int h = y * g.strideH() + i * g.dilationH() - g.padTop();
                  int w = x * g.strideW() + j * g.dilationW() - g.padLeft();
                  if (h >= 0 && h < input.dim(2) && w >= 0 && w < input.dim(3)) {
                    term.add(
                        position(input, n, channel, h, w),
                        position(weight, f, c, i, j),
                        position(output, n, f, y, x));
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static int position(Shape shape, int a, int b, int c, int d) {
    return ((a * shape.dim(1) + b) * shape.dim(2) + c) * shape.dim(3) + d;
  }
}
