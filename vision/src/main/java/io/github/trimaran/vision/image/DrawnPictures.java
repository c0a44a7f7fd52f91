package io.github.trimaran.vision.image;

import java.awt.image.BufferedImage;

/**
 * Pictures that the program draws itself, for runs without data: a formula for each pixel, the same
 * everywhere.
 */
public final class DrawnPictures {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private DrawnPictures() {}

  /** What a picture is made of: a colour for each place, both coordinates from 0 to 1. */
  @FunctionalInterface
  private interface Painter {
    double[] colour(double x, double y);
  }

  /** A content picture: a house between hills under a low sun, mirrored in a lake. */
  public static BufferedImage landscape() {
    return paint((x, y) -> y < 0.7 ? above(x, y) : mirrored(x, y));
  }

  /** A style picture: thick curved strokes of a few strong colours around three centres. */
  public static BufferedImage strokes() {
    return paint(DrawnPictures::stroke);
  }

  private static BufferedImage paint(Painter painter) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        double[] colour = painter.colour((column + 0.5) / WIDTH, (row + 0.5) / HEIGHT);
        int rgb = 0;
        for (double part : colour) {
          rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, part)));
        }
        picture.setRGB(column, row, rgb);
      }
    }
    return picture;
  }

  private static double[] mirrored(double x, double y) {
    double ripple = 0.006 * StrictMath.sin(220 * (y - 0.7) * (1.7 - y));
    double[] reflected = above(x + ripple, 1.4 - y);
    return mix(reflected, new double[] {0.10, 0.22, 0.38}, 0.45);
  }

  private static double[] above(double x, double y) {
    double fromSun = StrictMath.hypot((x - 0.72) * 4 / 3, y - 0.28);
    double[] sky =
        mix(new double[] {0.98, 0.80, 0.55}, new double[] {0.35, 0.55, 0.85}, 1.3 * (0.7 - y));
    double[] colour = fromSun < 0.07 ? new double[] {1, 0.95, 0.75} : sky;
    double cloud =
        StrictMath.sin(9 * x + 2) * StrictMath.sin(31 * y) + 0.5 * StrictMath.sin(23 * x - 17 * y);
    if (y < 0.35 && cloud > 0.75) {
      colour = mix(colour, new double[] {1, 1, 1}, 0.6);
    }
    double far = 0.42 + 0.07 * StrictMath.sin(7 * x) + 0.03 * StrictMath.sin(17 * x + 1);
    double near = 0.56 + 0.06 * StrictMath.sin(4 * x + 2.5);
    if (y > far) {
      colour = new double[] {0.30, 0.42, 0.48};
    }
    if (y > near) {
      double grass = 0.04 * StrictMath.sin(140 * x) * StrictMath.sin(90 * y);
      colour = new double[] {0.25 + grass, 0.45 + grass, 0.20};
    }
    return house(x, y, tree(x, y, colour));
  }

  private static double[] tree(double x, double y, double[] behind) {
    for (int i = 0; i < 4; i++) {
      double root = new double[] {0.07, 0.16, 0.80, 0.93}[i];
      double height = 0.16 + 0.03 * (i % 2);
      double up = 0.66 - y;
      if (up > 0 && up < height && Math.abs(x - root) < 0.045 * (1 - up / height) + 0.004) {
        double shade = 0.05 * StrictMath.sin(200 * y + 60 * x);
        return new double[] {0.08 + shade, 0.28 + shade, 0.14};
      }
    }
    return behind;
  }

  private static double[] house(double x, double y, double[] behind) {
    double fromMiddle = Math.abs(x - 0.42);
    if (y > 0.40 && y < 0.50 && fromMiddle < 1.3 * (y - 0.40)) {
      return new double[] {0.62, 0.20, 0.16};
    }
    if (y >= 0.50 && y < 0.66 && fromMiddle < 0.11) {
      boolean window = Math.abs(fromMiddle - 0.06) < 0.022 && y > 0.535 && y < 0.59;
      boolean door = fromMiddle < 0.018 && y > 0.58;
      return window
          ? new double[] {0.99, 0.85, 0.40}
          : door ? new double[] {0.30, 0.18, 0.10} : new double[] {0.92, 0.88, 0.78};
    }
    return behind;
  }

  private static double[] stroke(double x, double y) {
    double[][] centres = {{0.27, 0.35}, {0.70, 0.25}, {0.60, 0.78}};
    double angle = 0;
    double nearest = 2;
    for (double[] centre : centres) {
      double distance = StrictMath.hypot((x - centre[0]) * 4 / 3, y - centre[1]);
      nearest = Math.min(nearest, distance);
      angle += StrictMath.atan2(y - centre[1], (x - centre[0]) * 4 / 3) / (0.15 + 4 * distance);
    }
    double band = StrictMath.sin(75 * nearest + 3 * angle);
    double bristle = StrictMath.sin(260 * nearest + 25 * angle);
    double[] ground =
        mix(new double[] {0.05, 0.12, 0.42}, new double[] {0.16, 0.42, 0.70}, 1.6 * nearest);
    double[] paint =
        nearest < 0.16 ? new double[] {0.98, 0.80, 0.20} : new double[] {0.55, 0.78, 0.86};
    double[] colour = mix(ground, paint, 0.5 + 0.5 * band);
    if (band < -0.6) {
      colour = mix(colour, new double[] {0.85, 0.30, 0.12}, 0.35 * (1 - nearest));
    }
    return mix(colour, new double[] {0, 0, 0}, 0.12 + 0.12 * bristle);
  }

  private static double[] mix(double[] a, double[] b, double share) {
    double part = Math.max(0, Math.min(1, share));
    double[] mixed = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      mixed[i] = a[i] + part * (b[i] - a[i]);
    }
    return mixed;
  }
}
