package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;

/**
 * The maximum under each window of a line, {@code [N, C, L] -> [N, C, OL]}.
 *
 * <pre>{@code
 * Layer half = new MaxPool1d(2);
 * Layer overlapping = new MaxPool1d(3, 2).padding(1);
 * }</pre>
 *
 * <pre>
 * OL = floor((L + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 * </pre>
 *
 * <p>The padding never wins; the gradient goes to the first of equal maxima.
 */
public final class MaxPool1d extends MaxPoolNd<MaxPool1d> {

  private MaxPool1d(Pool2dGeometry geometry, int dilation) {
    super(geometry, true, 1, dilation);
  }

  /** Windows side by side. */
  public MaxPool1d(int kernel) {
    this(kernel, kernel);
  }

  /** Windows {@code stride} apart. */
  public MaxPool1d(int kernel, int stride) {
    this(lineWindows(kernel, stride), 1);
  }

  @Override
  MaxPool1d with(Pool2dGeometry changed, int height, int width) {
    return new MaxPool1d(changed, width);
  }
}
