package io.github.trimaran.data.embedded;

import io.github.trimaran.random.Rng;

/**
 * One colour image: a figure somewhere on a mottled background, lighter than it and shaded from one
 * side, partly hidden by a bar or a ball, with the noise of a camera.
 *
 * <p>Only operations that the language defines exactly, and {@link StrictMath}: the same bits on
 * every machine.
 */
final class Scene {

  static final int SIDE = 32;

  /** The background is drawn from a coarse grid of colours. */
  private static final int GRID = 4;

  private static final int PLANE = SIDE * SIDE;

  private final Rng rng;
  private final double[] values = new double[3 * PLANE];

  private Scene(Rng rng) {
    this.rng = rng;
  }

  /** Draws a figure into {@code target}: red, green and blue planes from {@code offset} on. */
  static void draw(Figure figure, Rng rng, byte[] target, int offset) {
    Scene scene = new Scene(rng);
    double[] ground = scene.background();
    scene.figure(figure, ground);
    scene.cover();
    scene.develop(target, offset);
  }

  /** Fills the image with colours that change slowly; returns the middle one. */
  private double[] background() {
    double[] base = colour();
    double mottle = rng.nextDouble(8, 30);
    double[][] grid = new double[3][(GRID + 1) * (GRID + 1)];
    for (int i = 0; i < grid[0].length; i++) {
      double common = mottle * gauss();
      for (int c = 0; c < 3; c++) {
        grid[c][i] = base[c] + common + 0.5 * mottle * gauss();
      }
    }
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double u = (double) x * GRID / SIDE;
        double v = (double) y * GRID / SIDE;
        int column = (int) u;
        int row = (int) v;
        int corner = row * (GRID + 1) + column;
        double right = u - column;
        double down = v - row;
        for (int c = 0; c < 3; c++) {
          double[] g = grid[c];
          double top = g[corner] + right * (g[corner + 1] - g[corner]);
          int low = corner + GRID + 1;
          double bottom = g[low] + right * (g[low + 1] - g[low]);
          values[c * PLANE + y * SIDE + x] = top + down * (bottom - top);
        }
      }
    }
    return base;
  }

  private void figure(Figure figure, double[] ground) {
    double size = rng.nextDouble(8, 14);
    double slack = 0.55 * (SIDE / 2.0 - 0.6 * size);
    double cx = SIDE / 2.0 + rng.nextDouble(-slack, slack);
    double cy = SIDE / 2.0 + rng.nextDouble(-slack, slack);
    double turn = rng.nextDouble(-0.45, 0.45);
    double stretch = StrictMath.exp(rng.nextDouble(-0.2, 0.2));
    double cos = StrictMath.cos(turn) / size;
    double sin = StrictMath.sin(turn) / size;
    double[] paint = lighter(ground);
    double shade = rng.nextDouble(-0.3, 0.3);
    double[] colour = new double[3];
    int reach = (int) (1.8 * size) + 1;
    for (int y = Math.max(0, (int) cy - reach); y < Math.min(SIDE, (int) cy + reach + 1); y++) {
      for (int x = Math.max(0, (int) cx - reach); x < Math.min(SIDE, (int) cx + reach + 1); x++) {
        int hits = 0;
        for (int sample = 0; sample < 4; sample++) {
          double dx = x + 0.25 + 0.5 * (sample & 1) - cx;
          double dy = y + 0.25 + 0.5 * (sample >> 1) - cy;
          double u = (cos * dx + sin * dy) * stretch;
          double v = (cos * dy - sin * dx) / stretch;
          hits += figure.covers(u, v) ? 1 : 0;
        }
        double light = 1 + shade * (x - cx + y - cy) / size;
        for (int c = 0; c < 3; c++) {
          colour[c] = paint[c] * light;
        }
        blend(x, y, colour, hits / 4.0);
      }
    }
  }

  /** Hides a part: a bar right across, or a ball. */
  private void cover() {
    double[] paint = colour();
    double cx = rng.nextDouble(0, SIDE);
    double cy = rng.nextDouble(0, SIDE);
    double turn = rng.nextDouble(0, Math.PI);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    boolean ball = rng.nextInt(2) == 0;
    double width = ball ? rng.nextDouble(2, 5) : rng.nextDouble(0.7, 2);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double dx = x + 0.5 - cx;
        double dy = y + 0.5 - cy;
        double distance = ball ? Math.sqrt(dx * dx + dy * dy) : Math.abs(sin * dx - cos * dy);
        blend(x, y, paint, Math.max(0, Math.min(1, width - distance + 0.5)));
      }
    }
  }

  private void develop(byte[] target, int offset) {
    double noise = rng.nextDouble(3, 18);
    double exposure = rng.nextDouble(0.7, 1.15);
    for (int i = 0; i < values.length; i++) {
      double value = values[i] * exposure + noise * gauss();
      target[offset + i] = (byte) Math.max(0, Math.min(255, (long) value));
    }
  }

  private void blend(int x, int y, double[] colour, double share) {
    if (share > 0) {
      for (int c = 0; c < 3; c++) {
        int i = c * PLANE + y * SIDE + x;
        values[i] += share * (colour[c] - values[i]);
      }
    }
  }

  private double[] colour() {
    return new double[] {rng.nextDouble(10, 190), rng.nextDouble(10, 190), rng.nextDouble(10, 190)};
  }

  /** A lighter colour than another, so far as there is any. */
  private double[] lighter(double[] other) {
    double[] colour = new double[3];
    double more = rng.nextDouble(30, 90);
    for (int c = 0; c < 3; c++) {
      colour[c] = Math.min(250, 0.5 * (other[c] + rng.nextDouble(40, 230)) + more);
    }
    return colour;
  }

  /** Bell-shaped with deviation 1: the sum of four uniform numbers of 16 bits. */
  private double gauss() {
    long bits = rng.nextLong();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum - 2 * 0xFFFF) * (1.0 / 37837);
  }
}
