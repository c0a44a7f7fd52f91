package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * Windows of a series as samples: a stretch of it as the input, another as the target.
 *
 * <pre>{@code
 * Windows language = Windows.shifted(letters, 64);     // [64] and the 64 that follow one further on
 * Windows forecast = Windows.forecast(features, 48, 12); // [48, D] and the next 12, [12, D]
 * DataLoader some =
 *     new DataLoader(language, 12).sampler(Sampler.withReplacement(24_000), Rng.seeded(1));
 * }</pre>
 *
 * <p>Window {@code i} starts at {@code i * stride}. The series is not copied, windows share it.
 */
public final class Windows implements Samples {

  private final HostArray series;
  private final int length;
  private final int targetOffset;
  private final int targetLength;
  private final int stride;

  private Windows(HostArray series, int length, int targetOffset, int targetLength, int stride) {
    if (series.shape().rank() == 0 || length < 1 || targetLength < 1 || stride < 1) {
      throw new IllegalArgumentException(
          String.format(
              "windows: need a series [T, ...] and lengths and a stride of at least 1, got %s, %d,"
                  + " %d and %d",
              series.shape(), length, targetLength, stride));
    }
    int needed = targetOffset + targetLength;
    if (series.shape().dim(0) < needed) {
      throw new IllegalArgumentException(
          "windows: a series of "
              + series.shape().dim(0)
              + " is shorter than one window and its target, "
              + needed);
    }
    this.series = series;
    this.length = length;
    this.targetOffset = targetOffset;
    this.targetLength = targetLength;
    this.stride = stride;
  }

  /**
   * Each window with the same one step on, for predicting what comes next at every position.
   *
   * @param series {@code [T, ...]}
   * @param length of a window; there are {@code T - length}
   */
  public static Windows shifted(HostArray series, int length) {
    return new Windows(series, length, 1, length, 1);
  }

  /**
   * Each window with the stretch right after it.
   *
   * @param series {@code [T, ...]}
   * @param length of a window
   * @param horizon of its target; there are {@code T - length - horizon + 1} windows
   */
  public static Windows forecast(HostArray series, int length, int horizon) {
    return new Windows(series, length, length, horizon, 1);
  }

  /** The same with windows so many steps apart. */
  public Windows stride(int steps) {
    return new Windows(series, length, targetOffset, targetLength, steps);
  }

  @Override
  public int size() {
    return (series.shape().dim(0) - targetOffset - targetLength) / stride + 1;
  }

  @Override
  public Sample get(int index) {
    int start = index * stride;
    return Sample.of(stretch(start, length), stretch(start + targetOffset, targetLength));
  }

  private HostArray stretch(int start, int steps) {
    Shape shape = series.shape().with(0, steps);
    HostArray stretch = HostArray.zeros(shape, series.dtype());
    int step = shape.size() / steps;
    series.copyTo(start * step, stretch, 0, shape.size());
    return stretch;
  }

  @Override
  public String toString() {
    return size() + " windows of " + length + " in " + series.dtype() + " " + series.shape();
  }
}
