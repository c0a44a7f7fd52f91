package io.github.trimaran.data.embedded;

/** Smooth curves through points: Catmull-Rom splines, as polylines. */
final class Curve {

  /** Straight pieces between two points. */
  private static final int STEPS = 5;

  private Curve() {}

  /**
   * A polyline along the curve through these points, {@code [P][x, y]}. A point given twice in a
   * row is a corner: the curve ends there and another begins.
   */
  static double[][] through(double[][] points) {
    int last = points.length - 1;
    double[][] line = new double[last * STEPS + 1][];
    for (int i = 0; i < last; i++) {
      double[] a = points[i];
      double[] b = points[i + 1];
      double[] before = i == 0 || same(points[i - 1], a) ? mirrored(b, a) : points[i - 1];
      double[] after = i + 1 == last || same(points[i + 2], b) ? mirrored(a, b) : points[i + 2];
      for (int s = 0; s < STEPS; s++) {
        line[i * STEPS + s] = between(before, a, b, after, (double) s / STEPS);
      }
    }
    line[last * STEPS] = points[last];
    return line;
  }

  private static double[] between(double[] p0, double[] p1, double[] p2, double[] p3, double t) {
    double[] point = new double[2];
    for (int k = 0; k < 2; k++) {
      double linear = p2[k] - p0[k];
      double square = 2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k];
      double cube = 3 * p1[k] - p0[k] - 3 * p2[k] + p3[k];
      point[k] = p1[k] + 0.5 * t * (linear + t * (square + t * cube));
    }
    return point;
  }

  /** The point behind {@code at} as seen from {@code from}: lets a curve start straight. */
  private static double[] mirrored(double[] from, double[] at) {
    return new double[] {2 * at[0] - from[0], 2 * at[1] - from[1]};
  }

  private static boolean same(double[] a, double[] b) {
    return a[0] == b[0] && a[1] == b[1];
  }
}
