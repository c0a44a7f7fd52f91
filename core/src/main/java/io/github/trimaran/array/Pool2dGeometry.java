package io.github.trimaran.array;

/**
 * How a pooling window moves over an image {@code [N, C, H, W]}; PyTorch's meaning of every field.
 *
 * <pre>{@code
 * Pool2dGeometry windows = Pool2dGeometry.window(3, 2).withStride(2, 1).withPadding(1, 0);
 * }</pre>
 *
 * @param kernelH rows of the window
 * @param kernelW columns of the window
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padH rows of padding above and below; at most half the window. Padding never wins a
 *     maximum
 * @param padW columns of padding left and right
 * @param ceilMode whether a last window that does not fit whole counts too (if it starts inside the
 *     image or its left padding)
 * @param countIncludePad whether an average divides by the padded positions under the window too;
 *     rows and columns beyond the padding, which ceil mode may reach, never count
 */
public record Pool2dGeometry(
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int padH,
    int padW,
    boolean ceilMode,
    boolean countIncludePad) {

  /** Checks the ranges. */
  public Pool2dGeometry {
    if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1) {
      throw new IllegalArgumentException(
          "pool2d: window and stride must be at least 1, are "
              + kernelH
              + " x "
              + kernelW
              + " and "
              + strideH
              + " x "
              + strideW);
    }
    if (padH < 0 || padW < 0 || padH > kernelH / 2 || padW > kernelW / 2) {
      throw new IllegalArgumentException(
          "pool2d: padding must be from 0 to half the window, is "
              + padH
              + " x "
              + padW
              + " for a window of "
              + kernelH
              + " x "
              + kernelW);
    }
  }

  /** A square window, no padding, floor mode. */
  public static Pool2dGeometry of(int kernel, int stride) {
    return window(kernel, kernel).withStride(stride, stride);
  }

  /** Windows of that many rows and columns side by side, no padding, floor mode. */
  public static Pool2dGeometry window(int height, int width) {
    return new Pool2dGeometry(height, width, height, width, 0, 0, false, true);
  }

  /** The same with that many rows and columns from one window to the next. */
  public Pool2dGeometry withStride(int height, int width) {
    return new Pool2dGeometry(
        kernelH, kernelW, height, width, padH, padW, ceilMode, countIncludePad);
  }

  /** The same with that padding on all sides. */
  public Pool2dGeometry withPadding(int padding) {
    return withPadding(padding, padding);
  }

  /** The same with that many rows of padding above and below, and columns left and right. */
  public Pool2dGeometry withPadding(int height, int width) {
    return new Pool2dGeometry(
        kernelH, kernelW, strideH, strideW, height, width, ceilMode, countIncludePad);
  }

  /** The same in ceil mode. */
  public Pool2dGeometry withCeilMode() {
    return withCeilMode(true);
  }

  /** The same in ceil mode or not. */
  public Pool2dGeometry withCeilMode(boolean ceil) {
    return new Pool2dGeometry(
        kernelH, kernelW, strideH, strideW, padH, padW, ceil, countIncludePad);
  }

  /** The same with another divisor rule. */
  public Pool2dGeometry withCountIncludePad(boolean include) {
    return new Pool2dGeometry(kernelH, kernelW, strideH, strideW, padH, padW, ceilMode, include);
  }

  /** Output rows for {@code height} input rows; below 1 if the window does not fit. */
  public int outputHeight(int height) {
    return extent(height, kernelH, strideH, padH);
  }

  /** Output columns for {@code width} input columns. */
  public int outputWidth(int width) {
    return extent(width, kernelW, strideW, padW);
  }

  private int extent(int input, int kernel, int stride, int pad) {
    long room = input + 2L * pad - kernel;
    if (!ceilMode) {
      return (int) Math.floorDiv(room, stride) + 1;
    }
    int windows = (int) Math.floorDiv(room + stride - 1, stride) + 1;
    boolean lastStartsOutside = (windows - 1L) * stride >= (long) input + pad;
    return lastStartsOutside ? windows - 1 : windows;
  }

  /**
   * The output's shape {@code [N, C, OH, OW]}.
   *
   * @throws IllegalArgumentException if the input is not an image or smaller than the window, or
   *     larger than an array can be once padded
   */
  public Shape outputShape(Shape input) {
    if (input.rank() != 4) {
      throw new IllegalArgumentException("pool2d: input must be [N, C, H, W], is " + input);
    }
    int height = outputHeight(input.dim(2));
    int width = outputWidth(input.dim(3));
    if (height < 1 || width < 1 || input.dim(2) == 0 || input.dim(3) == 0) {
      throw new IllegalArgumentException(
          "pool2d: window "
              + kernelH
              + " x "
              + kernelW
              + " does not fit the padded input "
              + (input.dim(2) + 2L * padH)
              + " x "
              + (input.dim(3) + 2L * padW)
              + " (input "
              + input
              + ")");
    }
    Shape.result(
        "pool2d: the padded input",
        input.dim(0),
        input.dim(1),
        input.dim(2) + 2L * padH,
        input.dim(3) + 2L * padW);
    return Shape.result("pool2d", input.dim(0), input.dim(1), height, width);
  }
}
