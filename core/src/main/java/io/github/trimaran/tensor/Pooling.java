package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two-dimensional pooling of {@code [N, C, H, W]} to {@code [N, C, OH, OW]}.
 *
 * <pre>{@code
 * Tensor half = Pooling.maxPool2d(images, Pool2dGeometry.window(2, 2));
 * Tensor seven = Pooling.adaptiveAvgPool2d(images, 7, 7);
 * }</pre>
 */
public final class Pooling {

  private Pooling() {}

  /** The mean under each window. */
  public static Tensor avgPool2d(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("avgPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    return Op.record(
        "avgPool2d",
        input.backend().avgPool2d(input.array(), geometry),
        shape,
        input.dtype(),
        Rule.each(g -> avgPool2dGrad(g, input.shape(), geometry)),
        input);
  }

  /** The adjoint of {@link #avgPool2d}; the adjoint of that is average pooling again. */
  private static Tensor avgPool2dGrad(Tensor g, Shape inputShape, Pool2dGeometry geometry) {
    return Op.record(
        "avgPool2dGrad",
        g.backend().avgPool2dGrad(g.array(), inputShape, geometry),
        inputShape,
        g.dtype(),
        Rule.each(g2 -> avgPool2d(g2, geometry)),
        g);
  }

  /** The maximum under each window. */
  public static Tensor maxPool2d(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("maxPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    if (!Op.isRecorded(List.of(input))) {
      Optional<Object> values = input.backend().maxPool2dValues(input.array(), geometry);
      if (values.isPresent()) {
        return Op.constant(input.backend(), values.get(), shape, input.dtype());
      }
    }
    Optional<MaxPooled<Object>> fused = input.backend().maxPool2d(input.array(), geometry);
    if (fused.isEmpty()) {
      return gatherPooled(input, maxPool2dIndices(input, geometry));
    }
    Tensor indices = Op.constant(input.backend(), fused.get().indices(), shape, DType.INT64);
    return Op.record(
        "maxPool2d",
        fused.get().values(),
        shape,
        input.dtype(),
        Rule.each(g -> maxPool2dGrad(g, indices, input.shape(), geometry)),
        input);
  }

  /**
   * Where the maximum under each window lies: INT64 {@code [N, C, OH, OW]}, as {@code row * W +
   * column}; the first on ties.
   */
  public static Tensor maxPool2dIndices(Tensor input, Pool2dGeometry geometry) {
    Op.requireFloating("maxPool2d", input);
    Shape shape = geometry.outputShape(input.shape());
    return Op.constant(
        input.backend(),
        input.backend().maxPool2dIndices(input.array(), geometry),
        shape,
        DType.INT64);
  }

  /**
   * The maximum under windows whose elements lie that many rows and columns apart; the first in
   * row-major order on ties.
   */
  public static Tensor maxPool2d(
      Tensor input, Pool2dGeometry geometry, int dilationH, int dilationW) {
    if (dilationH < 1 || dilationW < 1) {
      throw Op.error(
          "maxPool2d", "dilation must be at least 1, is " + dilationH + " x " + dilationW, input);
    }
    if (dilationH == 1 && dilationW == 1) {
      return maxPool2d(input, geometry);
    }
    Op.requireFloating("maxPool2d", input);
    Pool2dGeometry span =
        Pool2dGeometry.window(
                (geometry.kernelH() - 1) * dilationH + 1, (geometry.kernelW() - 1) * dilationW + 1)
            .withStride(geometry.strideH(), geometry.strideW())
            .withPadding(geometry.padH(), geometry.padW())
            .withCeilMode(geometry.ceilMode());
    Shape shape = span.outputShape(input.shape());
    int[][] rows = new int[shape.dim(2)][];
    int[][] columns = new int[shape.dim(3)][];
    for (int y = 0; y < rows.length; y++) {
      int start = y * geometry.strideH() - geometry.padH();
      rows[y] = inside(input, start, geometry.kernelH(), dilationH, 2);
    }
    for (int x = 0; x < columns.length; x++) {
      int start = x * geometry.strideW() - geometry.padW();
      columns[x] = inside(input, start, geometry.kernelW(), dilationW, 3);
    }
    return maxUnder(input, rows, columns);
  }

  /** The places of a window that lie inside the image. */
  private static int[] inside(Tensor input, int start, int kernel, int dilation, int axis) {
    int extent = input.shape().dim(axis);
    int[] places =
        IntStream.range(0, kernel)
            .map(i -> start + i * dilation)
            .filter(place -> place >= 0 && place < extent)
            .toArray();
    if (places.length == 0) {
      throw Op.error("maxPool2d", "a window lies in the padding alone; take less padding", input);
    }
    return places;
  }

  /** Columns first, so that the first of equal maxima is that of the first row. */
  private static Tensor maxUnder(Tensor input, int[][] rows, int[][] columns) {
    return AxisWindows.max(AxisWindows.max(input, 3, columns), 2, rows);
  }

  /**
   * The maximum under {@code height x width} windows that share the image out evenly, as far as it
   * goes: window i reaches from {@code floor(i H / height)} up to {@code ceil((i + 1) H / height)}.
   */
  public static Tensor adaptiveMaxPool2d(Tensor input, int height, int width) {
    Shape shape = requireAdaptive("adaptiveMaxPool2d", input, height, width);
    if (shape.dim(2) % height == 0 && shape.dim(3) % width == 0) {
      return maxPool2d(input, Pool2dGeometry.window(shape.dim(2) / height, shape.dim(3) / width));
    }
    return maxUnder(input, shares(shape.dim(2), height), shares(shape.dim(3), width));
  }

  /** The mean under such windows. */
  public static Tensor adaptiveAvgPool2d(Tensor input, int height, int width) {
    Shape shape = requireAdaptive("adaptiveAvgPool2d", input, height, width);
    if (shape.dim(2) % height == 0 && shape.dim(3) % width == 0) {
      return avgPool2d(input, Pool2dGeometry.window(shape.dim(2) / height, shape.dim(3) / width));
    }
    Tensor lines = AxisWindows.weighted(input, true, means(shape.dim(2), height));
    return AxisWindows.weighted(lines, false, means(shape.dim(3), width));
  }

  private static Shape requireAdaptive(String name, Tensor input, int height, int width) {
    Op.requireFloating(name, input);
    Shape shape = input.shape();
    if (shape.rank() != 4 || shape.dim(2) == 0 || shape.dim(3) == 0) {
      throw Op.error(name, "input must be [N, C, H, W] with places to pool", input);
    }
    if (height < 1 || width < 1) {
      throw Op.error(name, "output must be at least 1 x 1, is " + height + " x " + width, input);
    }
    return shape;
  }

  private static int[][] shares(int extent, int count) {
    int[][] windows = new int[count][];
    for (int i = 0; i < count; i++) {
      int start = (int) ((long) i * extent / count);
      int stop = (int) (((i + 1L) * extent + count - 1) / count);
      windows[i] = IntStream.range(start, stop).toArray();
    }
    return windows;
  }

  private static double[][] means(int extent, int count) {
    double[][] weights = new double[count][extent];
    int[][] windows = shares(extent, count);
    for (int i = 0; i < count; i++) {
      for (int place : windows[i]) {
        weights[i][place] = 1.0 / windows[i].length;
      }
    }
    return weights;
  }

  /** Scatters to the maxima's places; its adjoint gathers from them. */
  private static Tensor maxPool2dGrad(
      Tensor g, Tensor indices, Shape inputShape, Pool2dGeometry geometry) {
    return g.backend()
        .maxPool2dGrad(g.array(), indices.array(), inputShape, geometry)
        .map(
            array ->
                Op.record(
                    "maxPool2dGrad",
                    array,
                    inputShape,
                    g.dtype(),
                    Rule.each(g2 -> gatherPooled(g2, indices)),
                    g))
        .orElseGet(
            () ->
                planes(g)
                    .scatterAdd(2, planes(indices), inputShape.dim(2) * inputShape.dim(3))
                    .reshape(inputShape));
  }

  private static Tensor gatherPooled(Tensor input, Tensor indices) {
    return planes(input).gather(2, planes(indices)).reshape(indices.shape());
  }

  /** {@code [N, C, H, W] -> [N, C, H * W]}. */
  private static Tensor planes(Tensor image) {
    Shape shape = image.shape();
    return image.reshape(Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3)));
  }
}
