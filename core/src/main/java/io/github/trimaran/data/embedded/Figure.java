package io.github.trimaran.data.embedded;

import java.util.Locale;

/**
 * The things on the embedded colour images. Each fills part of the square from -1 to 1; colour,
 * size and place say nothing about which it is.
 */
enum Figure {
  DISC {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y < 0.81;
    }
  },
  RING {
    @Override
    boolean covers(double x, double y) {
      double square = x * x + y * y;
      return square < 0.9 && square > 0.28;
    }
  },
  SQUARE {
    @Override
    boolean covers(double x, double y) {
      return Math.max(Math.abs(x), Math.abs(y)) < 0.8;
    }
  },
  TRIANGLE {
    @Override
    boolean covers(double x, double y) {
      return y < 0.7 && y > 1.75 * Math.abs(x) - 1;
    }
  },
  STAR {
    @Override
    boolean covers(double x, double y) {
      // Two triangles, one upside down.
      double bottom = 1.75 * Math.abs(x);
      return (y < 0.5 && y > bottom - 1) || (y > -0.5 && -y > bottom - 1);
    }
  },
  CROSS {
    @Override
    boolean covers(double x, double y) {
      double thin = Math.min(Math.abs(x), Math.abs(y));
      return thin < 0.27 && Math.max(Math.abs(x), Math.abs(y)) < 0.95;
    }
  },
  CRESCENT {
    @Override
    boolean covers(double x, double y) {
      double right = x - 0.45;
      return x * x + y * y < 0.9 && right * right + y * y > 0.55;
    }
  },
  STRIPES {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) < 0.9 && Math.abs(y) < 0.9 && parity(y, 0.36) == 0;
    }
  },
  CHECKERS {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) < 0.9 && Math.abs(y) < 0.9 && parity(x, 0.45) == parity(y, 0.45);
    }
  },
  DOTS {
    @Override
    boolean covers(double x, double y) {
      double fromColumn = x - 0.6 * Math.rint(Math.max(-1, Math.min(1, x / 0.6)));
      double fromRow = y - 0.6 * Math.rint(Math.max(-1, Math.min(1, y / 0.6)));
      return fromColumn * fromColumn + fromRow * fromRow < 0.045;
    }
  };

  /** Whether the point belongs to the figure; x and y from -1 to 1. */
  abstract boolean covers(double x, double y);

  /** The name of its class. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the strip of this width, counted from the edge at -0.9, is an even or an odd one. */
  private static int parity(double position, double width) {
    return (int) Math.floor((position + 0.9) / width) & 1;
  }
}
