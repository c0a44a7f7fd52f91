package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;

/**
 * The mean under each window of a line, {@code [N, C, L] -> [N, C, OL]}.
 *
 * <pre>{@code
 * Layer half = new AvgPool1d(2);
 * Layer smooth = new AvgPool1d(3, 1).padding(1).withoutCountingPadding();
 * }</pre>
 *
 * <pre>
 * OL = floor((L + 2 padding - kernel) / stride) + 1
 * </pre>
 */
public final class AvgPool1d extends AvgPoolNd<AvgPool1d> {

  private AvgPool1d(Pool2dGeometry geometry) {
    super(geometry, true);
  }

  /** Windows side by side. */
  public AvgPool1d(int kernel) {
    this(kernel, kernel);
  }

  /** Windows {@code stride} apart. */
  public AvgPool1d(int kernel, int stride) {
    this(lineWindows(kernel, stride));
  }

  @Override
  AvgPool1d with(Pool2dGeometry changed) {
    return new AvgPool1d(changed);
  }
}
