package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.benchmarks.cost.ConvolutionShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Convolution as textbooks have it: all windows are copied into a column matrix {@code [C KH KW, N
 * OH OW]}, which a plain matrix product takes; in plain Java, on all cores, float32. The gradients
 * are products with the same matrix, and the column matrix's own gradient is added back into the
 * image.
 */
public final class Im2col {

  /** Columns that a pass over the rows works on, so that they stay in cache. */
  private static final int TILE = 1024;

  private final ConvolutionShape shape;
  private final int rows;
  private final int columns;
  private final int filters;
  private final int height;
  private final int width;
  private final float[] column;

  /** For that convolution. */
  public Im2col(ConvolutionShape shape) {
    this.shape = shape;
    this.filters = shape.weight().dim(0);
    this.rows = shape.weight().size() / filters;
    this.height = shape.output().dim(2);
    this.width = shape.output().dim(3);
    this.columns = shape.input().dim(0) * height * width;
    this.column = new float[rows * columns];
  }

  /**
   * The output as the product gives it, {@code [F, N, OH, OW]}.
   *
   * @param input {@code [N, C, H, W]}
   * @param weight {@code [F, C, KH, KW]}
   */
  public float[] forward(float[] input, float[] weight) {
    unfold(input);
    float[] output = new float[filters * columns];
    IntStream.range(0, filters)
        .parallel()
        .forEach(f -> addRows(output, f * columns, weight, f * rows, 1, column, rows));
    return output;
  }

  /**
   * The gradient of the weight, {@code [F, C, KH, KW]}.
   *
   * @param outputGrad {@code [F, N, OH, OW]}
   */
  public float[] weightGrad(float[] input, float[] outputGrad) {
    unfold(input);
    float[] grad = new float[filters * rows];
    IntStream.range(0, filters * rows)
        .parallel()
        .forEach(i -> grad[i] = dot(outputGrad, i / rows * columns, column, i % rows * columns));
    return grad;
  }

  /** The gradient of the input, {@code [N, C, H, W]}. */
  public float[] inputGrad(float[] outputGrad, float[] weight) {
    Arrays.fill(column, 0);
    IntStream.range(0, rows)
        .parallel()
        .forEach(r -> addRows(column, r * columns, weight, r, rows, outputGrad, filters));
    return fold();
  }

  /** {@code to += sum over k of factors[k] * from[k, :]}. */
  private void addRows(
      float[] to, int at, float[] factors, int first, int step, float[] from, int count) {
    for (int tile = 0; tile < columns; tile += TILE) {
      int end = Math.min(columns, tile + TILE);
      for (int k = 0; k < count; k++) {
        float factor = factors[first + k * step];
        int row = k * columns;
        for (int j = tile; j < end; j++) {
          to[at + j] += factor * from[row + j];
        }
      }
    }
  }

  private float dot(float[] a, int from, float[] b, int at) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int j = 0;
    for (; j + 3 < columns; j += 4) {
      sum0 += a[from + j] * b[at + j];
      sum1 += a[from + j + 1] * b[at + j + 1];
      sum2 += a[from + j + 2] * b[at + j + 2];
      sum3 += a[from + j + 3] * b[at + j + 3];
    }
    for (; j < columns; j++) {
      sum0 += a[from + j] * b[at + j];
    }
    return sum0 + sum1 + sum2 + sum3;
  }

  /**
   * Where element {@code (row, n, y, x)} of the column matrix lies in the image; -1 in the padding.
   */
  private int source(int row, int n, int y, int x) {
    int kernelH = shape.weight().dim(2);
    int kernelW = shape.weight().dim(3);
    int channel = row / (kernelH * kernelW);
    int atY = y * shape.stride() + row / kernelW % kernelH - shape.padding();
    int atX = x * shape.stride() + row % kernelW - shape.padding();
    int imageH = shape.input().dim(2);
    int imageW = shape.input().dim(3);
    boolean inside = atY >= 0 && atY < imageH && atX >= 0 && atX < imageW;
    return inside ? ((n * shape.input().dim(1) + channel) * imageH + atY) * imageW + atX : -1;
  }

  private void unfold(float[] input) {
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            row -> {
              int to = row * columns;
              for (int n = 0; n < shape.input().dim(0); n++) {
                for (int y = 0; y < height; y++) {
                  for (int x = 0; x < width; x++) {
                    int from = source(row, n, y, x);
                    column[to++] = from < 0 ? 0 : input[from];
                  }
                }
              }
            });
  }

  private float[] fold() {
    float[] input = new float[shape.input().size()];
    IntStream.range(0, shape.input().dim(0))
        .parallel()
        .forEach(
            n -> {
              for (int row = 0; row < rows; row++) {
                int from = row * columns + n * height * width;
                for (int y = 0; y < height; y++) {
                  for (int x = 0; x < width; x++) {
                    int to = source(row, n, y, x);
                    if (to >= 0) {
                      input[to] += column[from];
                    }
                    from++;
                  }
                }
              }
            });
    return input;
  }
}
