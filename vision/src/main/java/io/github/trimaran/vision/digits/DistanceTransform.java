package io.github.trimaran.vision.digits;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The distance of every place of a grid to the nearest place of a set, by Euclid and exact, in time
 * proportional to the grid (Felzenszwalb and Huttenlocher 2012, "Distance transforms of sampled
 * functions"): columns first, then rows, each as the lower envelope of the parabolas {@code (q -
 * p)^2 + f(p)}.
 *
 * <pre>{@code
 * float[] distances = DistanceTransform.of(ink, width, height);
 * }</pre>
 */
public final class DistanceTransform {

  private static final double FAR = 1e20;

  private DistanceTransform() {}

  /**
   * Row by row, 0 in the set; huge everywhere if it is empty.
   *
   * @param set places {@code y * width + x}
   */
  public static float[] of(BitSet set, int width, int height) {
    double[] squared = new double[width * height];
    Arrays.fill(squared, FAR);
    set.stream().forEach(i -> squared[i] = 0);
    Envelope envelope = new Envelope(Math.max(width, height));
    for (int x = 0; x < width; x++) {
      envelope.transform(squared, x, width, height);
    }
    for (int y = 0; y < height; y++) {
      envelope.transform(squared, y * width, 1, width);
    }
    float[] distances = new float[squared.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = (float) Math.sqrt(squared[i]);
    }
    return distances;
  }

  /** Working memory for one line. */
  private static final class Envelope {

    private final double[] values;
    private final int[] vertices;
    private final double[] starts;

    Envelope(int longest) {
      values = new double[longest];
      vertices = new int[longest];
      starts = new double[longest + 1];
    }

    void transform(double[] grid, int first, int step, int count) {
      for (int q = 0; q < count; q++) {
        values[q] = grid[first + q * step];
      }
      int last = 0;
      vertices[0] = 0;
      starts[0] = Double.NEGATIVE_INFINITY;
      starts[1] = Double.POSITIVE_INFINITY;
      for (int q = 1; q < count; q++) {
        double meet = meeting(vertices[last], q);
        while (meet <= starts[last]) {
          last--;
          meet = meeting(vertices[last], q);
        }
        last++;
        vertices[last] = q;
        starts[last] = meet;
        starts[last + 1] = Double.POSITIVE_INFINITY;
      }
      int at = 0;
      for (int q = 0; q < count; q++) {
        while (starts[at + 1] < q) {
          at++;
        }
        double apart = q - vertices[at];
        grid[first + q * step] = apart * apart + values[vertices[at]];
      }
    }

    /** Where the parabolas of two places cross. */
    private double meeting(int p, int q) {
      return (values[q] - values[p] + (double) q * q - (double) p * p) / (2.0 * (q - p));
    }
  }
}
