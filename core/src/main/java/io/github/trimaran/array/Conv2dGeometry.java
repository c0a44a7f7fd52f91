package io.github.trimaran.array;

/**
 * How a convolution's window moves over an image {@code [N, C, H, W]} with a weight {@code [F,
 * C/groups, KH, KW]} (OIHW). The weight is not flipped (cross-correlation, as in all deep-learning
 * libraries):
 *
 * <pre>
 * out[n, f, y, x] = sum over c, i, j of
 *     weight[f, c, i, j] * padded[n, c0(f) + c, y * strideH + i * dilationH, x * strideW + j * dilationW]
 * </pre>
 *
 * <p>Start from stride 1 without padding, and change what differs:
 *
 * <pre>{@code
 * Conv2dGeometry.unit().withStride(2, 1).withPadding(0, 3)
 * }</pre>
 *
 * @param strideH rows from one window to the next, at least 1
 * @param strideW columns from one window to the next, at least 1
 * @param padTop rows of zeros above, at least 0
 * @param padBottom rows of zeros below
 * @param padLeft columns of zeros to the left
 * @param padRight columns of zeros to the right
 * @param dilationH rows from one element of a window to the next, at least 1
 * @param dilationW columns from one element of a window to the next, at least 1
 * @param groups blocks of channels convolved apart from each other, at least 1
 */
public record Conv2dGeometry(
    int strideH,
    int strideW,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight,
    int dilationH,
    int dilationW,
    int groups) {

  /** Checks the ranges. */
  public Conv2dGeometry {
    if (strideH < 1 || strideW < 1) {
      throw new IllegalArgumentException(
          "conv2d: stride must be at least 1, is " + strideH + " x " + strideW);
    }
    if (padTop < 0 || padBottom < 0 || padLeft < 0 || padRight < 0) {
      throw new IllegalArgumentException(
          "conv2d: padding must not be negative, is top "
              + padTop
              + ", bottom "
              + padBottom
              + ", left "
              + padLeft
              + ", right "
              + padRight);
    }
    if (dilationH < 1 || dilationW < 1) {
      throw new IllegalArgumentException(
          "conv2d: dilation must be at least 1, is " + dilationH + " x " + dilationW);
    }
    if (groups < 1) {
      throw new IllegalArgumentException("conv2d: groups must be at least 1, is " + groups);
    }
  }

  /** Stride 1, no padding. */
  public static Conv2dGeometry unit() {
    return new Conv2dGeometry(1, 1, 0, 0, 0, 0, 1, 1, 1);
  }

  /** The same stride and padding on all sides, no dilation, one group. */
  public static Conv2dGeometry of(int stride, int padding) {
    return unit().withStride(stride).withPadding(padding, padding);
  }

  /** With that stride both ways. */
  public Conv2dGeometry withStride(int stride) {
    return withStride(stride, stride);
  }

  /** With that many rows and columns from one window to the next. */
  public Conv2dGeometry withStride(int height, int width) {
    return new Conv2dGeometry(
        height, width, padTop, padBottom, padLeft, padRight, dilationH, dilationW, groups);
  }

  /** With that many rows of zeros above and below, and columns left and right. */
  public Conv2dGeometry withPadding(int height, int width) {
    return withPadding(height, height, width, width);
  }

  /** With that many rows and columns of zeros on each side. */
  public Conv2dGeometry withPadding(int top, int bottom, int left, int right) {
    return new Conv2dGeometry(
        strideH, strideW, top, bottom, left, right, dilationH, dilationW, groups);
  }

  /** With that dilation both ways. */
  public Conv2dGeometry withDilation(int dilation) {
    return withDilation(dilation, dilation);
  }

  /** With that many rows and columns from one element of a window to the next. */
  public Conv2dGeometry withDilation(int height, int width) {
    return new Conv2dGeometry(
        strideH, strideW, padTop, padBottom, padLeft, padRight, height, width, groups);
  }

  /** With that many groups. */
  public Conv2dGeometry withGroups(int count) {
    return new Conv2dGeometry(
        strideH, strideW, padTop, padBottom, padLeft, padRight, dilationH, dilationW, count);
  }

  /** Whether top and bottom, and left and right, are padded alike. */
  public boolean isSymmetric() {
    return padTop == padBottom && padLeft == padRight;
  }

  /**
   * Output rows for {@code height} input rows and a kernel of {@code kernelH}; below 1 if it does
   * not fit.
   */
  public int outputHeight(int height, int kernelH) {
    return Math.floorDiv(height + padTop + padBottom - dilationH * (kernelH - 1) - 1, strideH) + 1;
  }

  /** Output columns for {@code width} input columns and a kernel of {@code kernelW}. */
  public int outputWidth(int width, int kernelW) {
    return Math.floorDiv(width + padLeft + padRight - dilationW * (kernelW - 1) - 1, strideW) + 1;
  }

  /**
   * The output's shape {@code [N, F, OH, OW]}.
   *
   * @throws IllegalArgumentException if ranks, channels, groups or sizes do not fit together
   */
  public Shape outputShape(Shape input, Shape weight) {
    require(input.rank() == 4, "input must be [N, C, H, W]", input, weight);
    require(weight.rank() == 4, "weight must be [F, C/groups, KH, KW]", input, weight);
    require(
        weight.dim(1) * groups == input.dim(1),
        "weight expects " + weight.dim(1) * groups + " input channels, input has " + input.dim(1),
        input,
        weight);
    require(
        weight.dim(0) % groups == 0,
        weight.dim(0) + " filters do not divide into " + groups + " groups",
        input,
        weight);
    require(weight.dim(2) > 0 && weight.dim(3) > 0, "kernel is empty", input, weight);
    int height = outputHeight(input.dim(2), weight.dim(2));
    int width = outputWidth(input.dim(3), weight.dim(3));
    require(
        height > 0 && width > 0,
        "kernel "
            + weight.dim(2)
            + " x "
            + weight.dim(3)
            + " is larger than the padded input "
            + (input.dim(2) + padTop + padBottom)
            + " x "
            + (input.dim(3) + padLeft + padRight),
        input,
        weight);
    return Shape.of(input.dim(0), weight.dim(0), height, width);
  }

  private static void require(boolean holds, String reason, Shape input, Shape weight) {
    if (!holds) {
      throw new IllegalArgumentException(
          "conv2d: " + reason + " (input " + input + ", weight " + weight + ")");
    }
  }
}
