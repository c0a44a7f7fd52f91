package io.github.trimaran.data;

/**
 * The weights that resize a line of pixels: a triangle as wide as two pixels of the shorter of the
 * two lines, so that every pixel counts when a line shrinks. Pillow calls it {@code BILINEAR};
 * PyTorch's {@code interpolate(mode="bilinear", antialias=True)} is the same.
 *
 * <pre>{@code
 * TriangleFilter halved = TriangleFilter.between(4, 2);
 * halved.first(0);   // 0: the first pixel that counts
 * halved.weights(0); // {3/7, 3/7, 1/7}
 * }</pre>
 */
public final class TriangleFilter {

  private final int[] first;
  private final double[][] weights;

  private TriangleFilter(int[] first, double[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** From a line of {@code from} pixels to one of {@code to}, both at least 1. */
  public static TriangleFilter between(int from, int to) {
    if (from < 1 || to < 1) {
      throw new IllegalArgumentException(
          "resize: lengths must be at least 1, are " + from + " and " + to);
    }
    double scale = (double) from / to;
    double radius = Math.max(scale, 1);
    int[] first = new int[to];
    double[][] weights = new double[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - radius + 0.5));
      int end = Math.min(from, (int) (centre + radius + 0.5));
      weights[i] = weights(first[i], end, centre, radius);
    }
    return new TriangleFilter(first, weights);
  }

  private static double[] weights(int first, int end, double centre, double radius) {
    double[] weights = new double[end - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = Math.abs(first + i + 0.5 - centre) / radius;
      weights[i] = Math.max(0, 1 - distance);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** The number of pixels of the new line. */
  public int length() {
    return first.length;
  }

  /** Which pixel of the old line is the first to count for pixel {@code i} of the new one. */
  public int first(int i) {
    return first[i];
  }

  /** How much that pixel and those behind it count for pixel {@code i}; their sum is 1. */
  public double[] weights(int i) {
    return weights[i].clone();
  }
}
