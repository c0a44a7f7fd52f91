package io.github.trimaran.data.embedded;

/** Draws lines of varying width on a grey picture, with smooth edges. */
final class Pen {

  private final int side;
  private final double[] ink;

  /** An empty square picture. */
  Pen(int side) {
    this.side = side;
    this.ink = new double[side * side];
  }

  /** How much ink each pixel has, 0 to 1, row by row. */
  double[] ink() {
    return ink;
  }

  /**
   * Draws a straight piece. A pixel that several pieces touch has the ink of the strongest.
   *
   * @param from x and y of one end; pixel (0, 0) is centred at (0.5, 0.5)
   * @param to the other end
   * @param fromRadius half the width at one end
   * @param toRadius half the width at the other
   * @param softness over how many pixels the edge fades
   */
  void line(double[] from, double[] to, double fromRadius, double toRadius, double softness) {
    double reach = Math.max(fromRadius, toRadius) + softness / 2;
    int left = clamp(Math.min(from[0], to[0]) - reach);
    int right = clamp(Math.max(from[0], to[0]) + reach);
    int top = clamp(Math.min(from[1], to[1]) - reach);
    int bottom = clamp(Math.max(from[1], to[1]) + reach);
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double square = dx * dx + dy * dy;
    double perLength = square == 0 ? 0 : 1 / square;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - from[0];
        double py = y + 0.5 - from[1];
        double along = unit((px * dx + py * dy) * perLength);
        double ox = px - along * dx;
        double oy = py - along * dy;
        double distance = ox * ox + oy * oy;
        if (distance < reach * reach) {
          double radius = fromRadius + along * (toRadius - fromRadius);
          double cover = unit((radius - Math.sqrt(distance)) / softness + 0.5);
          ink[y * side + x] = Math.max(ink[y * side + x], cover);
        }
      }
    }
  }

  private int clamp(double position) {
    return (int) Math.max(0, Math.min(side - 1, position));
  }

  private static double unit(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
