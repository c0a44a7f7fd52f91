package io.github.trimaran.data.embedded;

import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * One handwritten digit: a way of writing it, with this writer's shape, slant, size, pressure and
 * slips. Sized and centred as MNIST is: fitted into 20x20 pixels, its centre of mass in the middle
 * of 28x28, give or take a little.
 *
 * <p>Only operations that the language defines exactly, and {@link StrictMath}: the same bits on
 * every machine.
 */
final class Handwriting {

  static final int SIDE = 28;

  private static final double BOX = 20;

  private final Rng rng;
  private final List<double[][]> lines = new ArrayList<>();
  private double radius;

  private Handwriting(Rng rng) {
    this.rng = rng;
  }

  /** Draws a digit into {@code target}, 784 bytes from {@code offset} on; 255 is ink. */
  static void draw(int digit, Rng rng, byte[] target, int offset) {
    Handwriting writing = new Handwriting(rng);
    writing.write(digit);
    writing.fit();
    writing.centre();
    writing.ink(target, offset);
  }

  /** Strokes as polylines, bent, slanted and turned, in the box of the shapes. */
  private void write(int digit) {
    List<List<double[][]>> ways = DigitShapes.of(digit);
    List<double[][]> strokes = ways.get(rng.nextInt(ways.size()));
    double slip = rng.nextDouble(0.2, 0.7);
    double slant = 0.12 + 0.24 * gauss();
    double turn = 0.13 * gauss();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    double wide = StrictMath.exp(0.22 * gauss());
    double bend = 0.55 * gauss();
    double phase = rng.nextDouble(0, 2 * Math.PI);
    for (double[][] stroke : strokes) {
      double[][] line = Curve.through(slipped(stroke, slip));
      for (double[] point : line) {
        double y = point[1] - 7;
        double wave = bend * StrictMath.sin(0.45 * y + phase);
        double x = (point[0] - 5 + wave) * wide - slant * y;
        point[0] = cos * x - sin * y;
        point[1] = sin * x + cos * y;
      }
      lines.add(line);
    }
  }

  /** Moves each point of a shape a little; the two points of a corner together. */
  private double[][] slipped(double[][] stroke, double slip) {
    double[][] moved = new double[stroke.length][];
    for (int i = 0; i < stroke.length; i++) {
      boolean corner = i > 0 && stroke[i] == stroke[i - 1];
      moved[i] =
          corner
              ? moved[i - 1].clone()
              : new double[] {stroke[i][0] + slip * gauss(), stroke[i][1] + slip * gauss()};
    }
    return moved;
  }

  /** Scales to the 20x20 box, the pen's width included. */
  private void fit() {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (double[][] line : lines) {
      for (double[] point : line) {
        left = Math.min(left, point[0]);
        right = Math.max(right, point[0]);
        top = Math.min(top, point[1]);
        bottom = Math.max(bottom, point[1]);
      }
    }
    radius = rng.nextDouble(0.7, 1.9);
    double size = BOX * rng.nextDouble(0.9, 1.04);
    double scale = (size - 2 * radius) / Math.max(right - left, bottom - top);
    for (double[][] line : lines) {
      for (double[] point : line) {
        point[0] *= scale;
        point[1] *= scale;
      }
    }
  }

  /** Puts the centre of mass, line by length, into the middle, with a small error. */
  private void centre() {
    double mass = 0;
    double x = 0;
    double y = 0;
    for (double[][] line : lines) {
      for (int i = 1; i < line.length; i++) {
        double dx = line[i][0] - line[i - 1][0];
        double dy = line[i][1] - line[i - 1][1];
        double length = Math.sqrt(dx * dx + dy * dy);
        mass += length;
        x += length * (line[i][0] + line[i - 1][0]) / 2;
        y += length * (line[i][1] + line[i - 1][1]) / 2;
      }
    }
    double right = SIDE / 2.0 - x / mass + 0.6 * gauss();
    double down = SIDE / 2.0 - y / mass + 0.6 * gauss();
    for (double[][] line : lines) {
      for (double[] point : line) {
        point[0] += right;
        point[1] += down;
      }
    }
  }

  /** Draws with changing pressure, then grain where there is ink, and here and there a speck. */
  private void ink(byte[] target, int offset) {
    Pen pen = new Pen(SIDE);
    double softness = rng.nextDouble(0.8, 1.6);
    for (double[][] line : lines) {
      double pressure = rng.nextDouble(0, 0.3);
      double phase = rng.nextDouble(0, 2 * Math.PI);
      double before = radius * (1 + pressure * StrictMath.sin(phase));
      for (int i = 1; i < line.length; i++) {
        double after = radius * (1 + pressure * StrictMath.sin(phase + 0.2 * i));
        pen.line(line[i - 1], line[i], before, after, softness);
        before = after;
      }
    }
    double strength = rng.nextDouble(215, 290);
    double grain = rng.nextDouble(0, 32);
    double specks = Math.max(0, rng.nextDouble(-0.03, 0.012));
    double[] ink = pen.ink();
    for (int i = 0; i < ink.length; i++) {
      double value = strength * ink[i];
      if (value > 0) {
        value += grain * gauss();
      }
      if (specks > 0 && rng.nextDouble() < specks) {
        value += rng.nextDouble(40, 160);
      }
      target[offset + i] = (byte) Math.max(0, Math.min(255, (long) value));
    }
  }

  /** Bell-shaped with deviation 1, and never far out: the sum of three uniform numbers. */
  private double gauss() {
    return 2 * (rng.nextDouble() + rng.nextDouble() + rng.nextDouble() - 1.5);
  }
}
