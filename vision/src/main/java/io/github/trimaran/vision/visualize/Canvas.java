package io.github.trimaran.vision.visualize;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/** A square picture being made, on the host: three planes of red, green and blue. */
final class Canvas {

  private static final int CHANNELS = 3;
  private static final float WHITE = 255;

  private final int size;
  private float[] values;

  private Canvas(int size, float[] values) {
    this.size = size;
    this.values = values;
  }

  /** Normally distributed values. */
  static Canvas noise(int size, double mean, double deviation, Rng rng) {
    float[] values = new float[CHANNELS * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * rng.nextGaussian());
    }
    return new Canvas(size, values);
  }

  /** A copy, {@code [1, 3, size, size]}. */
  HostArray toHost() {
    return HostArray.of(values.clone(), Shape.of(1, CHANNELS, size, size));
  }

  /** Adds a step whose root mean square over the elements is {@code length}. */
  void addNormalised(HostArray gradient, double length) {
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      squares += gradient.get(i) * gradient.get(i);
    }
    double factor = length / Math.max(Math.sqrt(squares / values.length), 1e-20);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (factor * gradient.get(i));
    }
  }

  /** Moves everything cyclically. */
  void roll(int down, int right) {
    if (down == 0 && right == 0) {
      return;
    }
    float[] rolled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int x = Math.floorMod(i % size + right, size);
      int y = Math.floorMod(i / size % size + down, size);
      rolled[i / (size * size) * size * size + y * size + x] = values[i];
    }
    values = rolled;
  }

  /** Keeps values within 0..255. */
  void clip() {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(WHITE, values[i]));
    }
  }

  /** Smooths with a Gaussian; beyond the border lies the border. */
  void blur(double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    values = smoothed(values, weights, 1);
    values = smoothed(values, weights, size);
  }

  private float[] smoothed(float[] from, double[] weights, int stride) {
    int radius = weights.length / 2;
    float[] result = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      int at = i / stride % size;
      double value = 0;
      for (int k = -radius; k <= radius; k++) {
        int neighbour = Math.max(0, Math.min(size - 1, at + k));
        value += weights[k + radius] * from[i + (neighbour - at) * stride];
      }
      result[i] = (float) value;
    }
    return result;
  }

  /** The same picture at another size, by linear interpolation. */
  Canvas resized(int newSize) {
    if (newSize == size) {
      return this;
    }
    float[] result = new float[CHANNELS * newSize * newSize];
    double scale = (double) size / newSize;
    for (int i = 0; i < result.length; i++) {
      double x = Math.max(0, Math.min(size - 1, (i % newSize + 0.5) * scale - 0.5));
      double y = Math.max(0, Math.min(size - 1, (i / newSize % newSize + 0.5) * scale - 0.5));
      result[i] = (float) interpolated(i / (newSize * newSize) * size * size, x, y);
    }
    return new Canvas(newSize, result);
  }

  private double interpolated(int plane, double x, double y) {
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(size - 1, left + 1);
    int bottom = Math.min(size - 1, top + 1);
    double upper =
        mix(values[plane + top * size + left], values[plane + top * size + right], x - left);
    double lower =
        mix(values[plane + bottom * size + left], values[plane + bottom * size + right], x - left);
    return mix(upper, lower, y - top);
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }
}
