package io.github.trimaran.array;

/**
 * How a convolution's window moves over an image {@code [N, C, H, W]} with a weight {@code [F,
 * C/groups, KH, KW]} (OIHW). The weight is not flipped (cross-correlation, as in all deep-learning
 * libraries). Start from stride 1 without padding, and change what differs:
 *
 * <pre>{@code
 * Conv2dGeometry moves = Conv2dGeometry.unit().withStride(2, 1).withPadding(0, 3);
 * }</pre>
 *
 * <pre>
 * out[n, f, y, x] = sum over c, i, j of
 *     weight[f, c, i, j] * padded[n, c0(f) + c, y * strideH + i * dilationH, x * strideW + j * dilationW]
 * </pre>
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

  /**
   * The same on an input of this shape, without steps beyond it: a window that could not take a
   * second place anyway moves no further than the padded input is large.
   */
  public Conv2dGeometry within(Shape input) {
    if (input.rank() != 4) {
      return this;
    }
    int rows = (int) Math.min(Math.max(paddedHeight(input.dim(2)), 1), Integer.MAX_VALUE);
    int columns = (int) Math.min(Math.max(paddedWidth(input.dim(3)), 1), Integer.MAX_VALUE);
    return withStride(Math.min(strideH, rows), Math.min(strideW, columns))
        .withDilation(Math.min(dilationH, rows), Math.min(dilationW, columns));
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
    return places(paddedHeight(height), kernelH, dilationH, strideH);
  }

  /** Output columns for {@code width} input columns and a kernel of {@code kernelW}. */
  public int outputWidth(int width, int kernelW) {
    return places(paddedWidth(width), kernelW, dilationW, strideW);
  }

  private static int places(long padded, int kernel, int dilation, int stride) {
    long room = padded - (long) dilation * (kernel - 1) - 1;
    long places = Math.floorDiv(room, stride) + 1;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(places, Integer.MAX_VALUE));
  }

  private long paddedHeight(int height) {
    return (long) height + padTop + padBottom;
  }

  private long paddedWidth(int width) {
    return (long) width + padLeft + padRight;
  }

  /**
   * The output's shape {@code [N, F, OH, OW]}.
   *
   * @throws IllegalArgumentException if ranks, channels, groups or sizes do not fit together, or
   *     the padded input or the output is larger than an array can be
   */
  public Shape outputShape(Shape input, Shape weight) {
    require(input.rank() == 4, "input must be [N, C, H, W]", input, weight);
    require(weight.rank() == 4, "weight must be [F, C/groups, KH, KW]", input, weight);
    long channels = (long) weight.dim(1) * groups;
    require(
        channels == input.dim(1),
        "weight expects " + channels + " input channels, input has " + input.dim(1),
        input,
        weight);
    require(
        weight.dim(0) % groups == 0,
        weight.dim(0) + " filters do not divide into " + groups + " groups",
        input,
        weight);
    require(weight.dim(2) > 0 && weight.dim(3) > 0, "kernel is empty", input, weight);
    long paddedH = paddedHeight(input.dim(2));
    long paddedW = paddedWidth(input.dim(3));
    int height = outputHeight(input.dim(2), weight.dim(2));
    int width = outputWidth(input.dim(3), weight.dim(3));
    require(
        height > 0 && width > 0,
        "kernel "
            + weight.dim(2)
            + " x "
            + weight.dim(3)
            + " is larger than the padded input "
            + paddedH
            + " x "
            + paddedW,
        input,
        weight);
    Shape.result("conv2d: the padded input", input.dim(0), input.dim(1), paddedH, paddedW);
    return Shape.result("conv2d", input.dim(0), weight.dim(0), height, width);
  }

  private static void require(boolean holds, String reason, Shape input, Shape weight) {
    if (!holds) {
      throw new IllegalArgumentException(
          "conv2d: " + reason + " (input " + input + ", weight " + weight + ")");
    }
  }
}
