package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;

/**
 * Images of another size, {@code [N, C, H, W] -> [N, C, OH, OW]}, as PyTorch's {@code interpolate}.
 *
 * <pre>{@code
 * Tensor twice = Interpolation.nearest(images, 64, 64, 0.5, 0.5);
 * }</pre>
 */
public final class Interpolation {

  private Interpolation() {}

  /**
   * Each pixel is the one it falls into: row y of the output is row {@code floor(y stepH)}.
   *
   * @param stepH input rows from one output row to the next, usually {@code H / height}
   * @param stepW input columns from one output column to the next
   */
  public static Tensor nearest(Tensor input, int height, int width, double stepH, double stepW) {
    Shape s = require("nearest", input, height, width);
    if (height % s.dim(2) == 0
        && width % s.dim(3) == 0
        && stepH * height == s.dim(2)
        && stepW * width == s.dim(3)) {
      int down = height / s.dim(2);
      int across = width / s.dim(3);
      return input
          .reshape(s.dim(0), s.dim(1), s.dim(2), 1, s.dim(3), 1)
          .broadcastTo(Shape.of(s.dim(0), s.dim(1), s.dim(2), down, s.dim(3), across))
          .reshape(s.dim(0), s.dim(1), height, width);
    }
    Tensor rows = input.indexSelect(2, places(input, height, s.dim(2), stepH));
    return rows.indexSelect(3, places(input, width, s.dim(3), stepW));
  }

  /** In single precision, whose rounding decides where PyTorch goes over to the next pixel. */
  private static Tensor places(Tensor input, int count, int extent, double step) {
    long[] places = new long[count];
    for (int i = 0; i < count; i++) {
      places[i] = Math.min((long) Math.floor(i * (float) step), extent - 1L);
    }
    return Tensor.of(input.backend(), places, count);
  }

  /**
   * Each pixel is the mean of the four around it, weighted by nearness. Its place in the input is
   * {@code (y + 1/2) stepH - 1/2}, at least 0, where pixels are areas; {@code y (H - 1) / (height -
   * 1)} where the centres of the corner pixels are to lie on each other.
   *
   * @param stepH input rows from one output row to the next; not used with aligned corners
   * @param stepW input columns from one output column to the next
   */
  public static Tensor bilinear(
      Tensor input, int height, int width, double stepH, double stepW, boolean alignCorners) {
    Shape s = require("bilinear", input, height, width);
    Tensor rows =
        AxisWindows.weighted(input, true, nearness(height, s.dim(2), stepH, alignCorners));
    return AxisWindows.weighted(rows, false, nearness(width, s.dim(3), stepW, alignCorners));
  }

  private static double[][] nearness(int count, int extent, double step, boolean alignCorners) {
    double aligned = count > 1 ? (extent - 1.0) / (count - 1) : 0;
    double[][] weights = new double[count][extent];
    for (int i = 0; i < count; i++) {
      double place = alignCorners ? i * aligned : Math.max(0, (i + 0.5) * step - 0.5);
      int before = Math.min((int) place, extent - 1);
      int after = Math.min(before + 1, extent - 1);
      double share = Math.min(place - before, 1);
      weights[i][before] += 1 - share;
      weights[i][after] += share;
    }
    return weights;
  }

  private static Shape require(String name, Tensor input, int height, int width) {
    Op.requireFloating(name, input);
    if (input.shape().rank() != 4 || input.shape().dim(2) == 0 || input.shape().dim(3) == 0) {
      throw Op.error(name, "input must be [N, C, H, W] with pixels", input);
    }
    if (height < 1 || width < 1) {
      throw Op.error(name, "output must be at least 1 x 1, is " + height + " x " + width, input);
    }
    return input.shape();
  }
}
