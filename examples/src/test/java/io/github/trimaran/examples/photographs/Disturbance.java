package io.github.trimaran.examples.photographs;

import io.github.trimaran.random.Rng;
import java.util.Arrays;

/**
 * What photographs of handwriting show besides ink on white paper, each in a size, a place and
 * colours drawn at random.
 */
public enum Disturbance {
  PLAIN("plain paper") {
    @Override
    void apply(Scene scene, Rng rng) {}
  },
  RULED("ruled paper") {
    @Override
    void apply(Scene scene, Rng rng) {
      rule(scene, rng, false, rng.nextDouble(0.05, 0.14) * scene.height, pale(rng));
    }
  },
  SQUARED("squared paper") {
    @Override
    void apply(Scene scene, Rng rng) {
      double spacing = rng.nextDouble(0.025, 0.08) * scene.shorter();
      double[] colour = pale(rng);
      rule(scene, rng, false, spacing, colour);
      rule(scene, rng, true, spacing, colour);
    }
  },
  MARGIN("a margin line") {
    @Override
    void apply(Scene scene, Rng rng) {
      margin(scene, rng);
    }
  },
  RULED_MARGIN("ruled paper with a margin line") {
    @Override
    void apply(Scene scene, Rng rng) {
      RULED.apply(scene, rng);
      margin(scene, rng);
    }
  },
  VIGNETTE("light that falls off to the corners") {
    @Override
    void apply(Scene scene, Rng rng) {
      double corner = rng.nextDouble(0.3, 0.7);
      double middleX = rng.nextDouble(0.35, 0.65) * scene.width;
      double middleY = rng.nextDouble(0.35, 0.65) * scene.height;
      double reach = Math.hypot(scene.width, scene.height) / 2;
      double power = rng.nextDouble(1.5, 3);
      scene.lights.add(
          (x, y) ->
              Math.max(
                  0.1,
                  1
                      - (1 - corner)
                          * Math.pow(Math.hypot(x - middleX, y - middleY) / reach, power)));
    }
  },
  ONE_SIDE("light from one side") {
    @Override
    void apply(Scene scene, Rng rng) {
      double angle = rng.nextDouble(0, 2 * Math.PI);
      double darkest = rng.nextDouble(0.25, 0.6);
      double span = Math.hypot(scene.width, scene.height);
      scene.lights.add(
          (x, y) -> {
            double along =
                ((x - scene.width / 2.0) * Math.cos(angle)
                            + (y - scene.height / 2.0) * Math.sin(angle))
                        / span
                    + 0.5;
            return darkest + (1 - darkest) * along;
          });
    }
  },
  SHADOW("the edge of a shadow") {
    @Override
    void apply(Scene scene, Rng rng) {
      double angle = rng.nextDouble(0, 2 * Math.PI);
      double depth = rng.nextDouble(0.4, 0.75);
      double softness = rng.nextDouble(1, 0.08 * scene.shorter());
      double offset = rng.nextDouble(-0.35, 0.35) * scene.shorter();
      scene.lights.add(
          (x, y) -> {
            double beyond =
                (x - scene.width / 2.0) * Math.cos(angle)
                    + (y - scene.height / 2.0) * Math.sin(angle)
                    - offset;
            return 1 - (1 - depth) * Scene.edge(beyond / softness);
          });
    }
  },
  SPECKS("specks") {
    @Override
    void apply(Scene scene, Rng rng) {
      int count = 4 + rng.nextInt(22);
      for (int i = 0; i < count; i++) {
        double u = rng.nextDouble(0, scene.width);
        double v = rng.nextDouble(0, scene.height);
        double radius = rng.nextDouble(0.7, 0.006 * scene.shorter() + 0.7);
        double[] colour = grey(rng.nextDouble(0.05, 0.4));
        scene.overInk.add(
            (x, y, c) -> Scene.mix(c, colour, Scene.edge(Math.hypot(x - u, y - v) - radius)));
      }
    }
  },
  TABLE_BESIDE("the table on one side") {
    @Override
    void apply(Scene scene, Rng rng) {
      boolean[] sides = new boolean[4];
      sides[rng.nextInt(4)] = true;
      table(scene, rng, sides);
    }
  },
  TABLE_CORNER("the table on two sides") {
    @Override
    void apply(Scene scene, Rng rng) {
      boolean[] sides = new boolean[4];
      int first = rng.nextInt(4);
      sides[first] = true;
      sides[(first + 1) % 4] = true;
      table(scene, rng, sides);
    }
  },
  TABLE_ROUND("the table all round") {
    @Override
    void apply(Scene scene, Rng rng) {
      table(scene, rng, new boolean[] {true, true, true, true});
    }
  },
  FRAME("a black frame") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.frame = 1 + rng.nextInt(9);
    }
  },
  COLOURED("coloured paper") {
    @Override
    void apply(Scene scene, Rng rng) {
      double[][] papers = {
        {1, 0.93, 0.45}, {1, 0.72, 0.78}, {0.65, 0.9, 0.65}, {0.6, 0.8, 1}, {0.82, 0.7, 0.52}
      };
      scene.paper = papers[rng.nextInt(papers.length)].clone();
    }
  },
  PENCIL("a faint pencil") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.ink = grey(0.35);
      scene.opacity = rng.nextDouble(0.2, 0.45);
    }
  },
  MARKER("a thick marker") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.digit = scene.digit == null ? null : scene.digit.widened(rng.nextDouble(0.3, 0.9));
    }
  },
  FINE_PEN("a fine pen") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.digit = scene.digit == null ? null : scene.digit.penned(rng.nextDouble(0.5, 1.4));
    }
  },
  DIM("a dim picture") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.exposure = rng.nextDouble(0.25, 0.5);
      scene.opacity = rng.nextDouble(0.5, 0.9);
    }
  },
  NOISY("grain and strong compression") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.noise = rng.nextDouble(8, 16);
      scene.quality = rng.nextDouble(0.2, 0.5);
    }
  },
  BLURRED("out of focus") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.blur = rng.nextDouble(0.03, 0.07) * scene.digitHeight;
    }
  },
  SMALL("a small digit on a large page") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.digitHeight = rng.nextDouble(0.06, 0.12) * scene.shorter();
      scene.digitU = rng.nextDouble(0.15, 0.85) * scene.width;
      scene.digitV = rng.nextDouble(0.15, 0.85) * scene.height;
    }
  },
  LARGE("a digit that fills the picture") {
    @Override
    void apply(Scene scene, Rng rng) {
      scene.digitHeight = rng.nextDouble(0.7, 0.85) * scene.shorter();
      scene.digitU = scene.width / 2.0;
      scene.digitV = scene.height / 2.0;
    }
  },
  CHALK("light on dark") {
    @Override
    void apply(Scene scene, Rng rng) {
      double[][] boards = {{0.1, 0.1, 0.12}, {0.1, 0.25, 0.18}, {0.12, 0.18, 0.35}};
      scene.paper = boards[rng.nextInt(boards.length)].clone();
      scene.ink = grey(rng.nextDouble(0.7, 0.98));
    }
  },
  CREASES("folded paper") {
    @Override
    void apply(Scene scene, Rng rng) {
      int count = 1 + rng.nextInt(3);
      for (int i = 0; i < count; i++) {
        double angle = rng.nextDouble(0, Math.PI);
        double offset = rng.nextDouble(-0.3, 0.3) * scene.shorter();
        double depth = rng.nextDouble(0.05, 0.15);
        double reach = rng.nextDouble(4, 0.06 * scene.shorter());
        scene.lights.add(
            (x, y) -> {
              double beyond =
                  (x - scene.width / 2.0) * Math.cos(angle)
                      + (y - scene.height / 2.0) * Math.sin(angle)
                      - offset;
              return 1 - depth * Math.signum(beyond) * Math.exp(-Math.abs(beyond) / reach);
            });
      }
    }
  },
  SEVERAL("three of these at once") {
    @Override
    void apply(Scene scene, Rng rng) {
      Disturbance[] some = {
        RULED,
        SQUARED,
        MARGIN,
        VIGNETTE,
        ONE_SIDE,
        SHADOW,
        SPECKS,
        TABLE_BESIDE,
        TABLE_ROUND,
        COLOURED,
        FINE_PEN,
        CREASES
      };
      int[] order = rng.permutation(some.length);
      Arrays.stream(order).limit(3).sorted().forEach(i -> some[i].apply(scene, rng));
    }
  };

  private final String label;

  Disturbance(String label) {
    this.label = label;
  }

  /** What it is, in a few words. */
  public String label() {
    return label;
  }

  abstract void apply(Scene scene, Rng rng);

  /** A sheet in a random format with a digit on it, undisturbed. */
  static Scene sheet(Handwriting digit, Rng rng) {
    int longer = 360 + rng.nextInt(540);
    int shorter = (int) (longer * rng.nextDouble(0.6, 1));
    boolean wide = rng.nextInt(2) == 0;
    Scene scene = new Scene(wide ? longer : shorter, wide ? shorter : longer);
    double white = rng.nextDouble(0.8, 0.97);
    scene.paper =
        new double[] {white, white * rng.nextDouble(0.97, 1), white * rng.nextDouble(0.9, 1)};
    double[][] inks = {
      {0.08, 0.08, 0.1},
      {0.1, 0.15, 0.5},
      {0.05, 0.1, 0.35},
      {0.25, 0.25, 0.27},
      {0.55, 0.08, 0.1},
      {0.05, 0.3, 0.15}
    };
    scene.ink = inks[rng.nextInt(inks.length)].clone();
    scene.opacity = rng.nextDouble(0.8, 1);
    scene.digit = digit;
    scene.digitHeight = rng.nextDouble(0.22, 0.6) * scene.shorter();
    double room = 0.12 * scene.shorter() + scene.digitHeight / 2;
    scene.digitU = rng.nextDouble(room, scene.width - room);
    scene.digitV = rng.nextDouble(room, scene.height - room);
    scene.turn = rng.nextDouble(-0.1, 0.1);
    scene.tiltX = rng.nextDouble(-0.12, 0.12);
    scene.tiltY = rng.nextDouble(-0.12, 0.12);
    scene.exposure = rng.nextDouble(0.85, 1.02);
    scene.blur = rng.nextDouble(0.4, 1.5);
    scene.noise = rng.nextDouble(1, 5);
    scene.quality = rng.nextDouble(0.55, 0.95);
    grain(scene, rng);
    return scene;
  }

  /** Fibres and clouds of the paper: waves in random directions. */
  private static void grain(Scene scene, Rng rng) {
    double[][] waves = new double[6][4];
    for (double[] wave : waves) {
      double length = Math.exp(rng.nextDouble(Math.log(3), Math.log(150)));
      double angle = rng.nextDouble(0, Math.PI);
      wave[0] = 2 * Math.PI / length * Math.cos(angle);
      wave[1] = 2 * Math.PI / length * Math.sin(angle);
      wave[2] = rng.nextDouble(0, 2 * Math.PI);
      wave[3] = rng.nextDouble(0.001, 0.006);
    }
    scene.underInk.add(
        (u, v, colour) -> {
          double factor = 1;
          for (double[] wave : waves) {
            factor += wave[3] * Math.sin(wave[0] * u + wave[1] * v + wave[2]);
          }
          for (int i = 0; i < 3; i++) {
            colour[i] *= factor;
          }
        });
  }

  private static double[] grey(double level) {
    return new double[] {level, level, level};
  }

  /** What lines are printed in. */
  private static double[] pale(Rng rng) {
    double[][] colours = {
      {0.55, 0.7, 0.88}, {0.65, 0.65, 0.68}, {0.4, 0.55, 0.8}, {0.75, 0.6, 0.7}
    };
    return colours[rng.nextInt(colours.length)].clone();
  }

  private static void rule(Scene scene, Rng rng, boolean upright, double spacing, double[] colour) {
    double half = rng.nextDouble(0.4, 0.4 + 0.0022 * scene.shorter());
    double first = rng.nextDouble(0, spacing);
    scene.underInk.add(
        (u, v, c) -> {
          double along = (upright ? u : v) - first;
          double apart = Math.abs(along - spacing * Math.round(along / spacing));
          Scene.mix(c, colour, Scene.edge(apart - half));
        });
  }

  private static void margin(Scene scene, Rng rng) {
    double at = rng.nextDouble(0.04, 0.14) * scene.width;
    double u = rng.nextInt(2) == 0 ? at : scene.width - at;
    double half = rng.nextDouble(0.4, 0.4 + 0.003 * scene.shorter());
    double[] colour = rng.nextInt(3) == 0 ? grey(0.3) : new double[] {0.8, 0.3, 0.35};
    scene.underInk.add((x, y, c) -> Scene.mix(c, colour, Scene.edge(Math.abs(x - u) - half)));
  }

  /** A table of wood, stone or cloth beyond the paper, on these sides: left, top, right, bottom. */
  private static void table(Scene scene, Rng rng, boolean[] sides) {
    double[][] tables = {
      {0.36, 0.23, 0.15},
      {0.55, 0.4, 0.27},
      {0.2, 0.2, 0.22},
      {0.45, 0.45, 0.47},
      {0.15, 0.22, 0.3},
      {0.6, 0.5, 0.42}
    };
    double[] colour = tables[rng.nextInt(tables.length)].clone();
    double[] reach = new double[4];
    for (int side = 0; side < 4; side++) {
      reach[side] =
          sides[side] ? rng.nextDouble(0.05, 0.17) * scene.shorter() : -scene.width - scene.height;
    }
    double grainLength = rng.nextDouble(3, 25);
    double grainDepth = rng.nextDouble(0, 0.25);
    double bend = rng.nextDouble(5, 60);
    double left = reach[0];
    double top = reach[1];
    double right = scene.width - reach[2];
    double bottom = scene.height - reach[3];
    // The digit stays on the paper, where that is large enough.
    double room = 0.08 * scene.shorter() + scene.digitHeight / 2;
    scene.digitU =
        within(scene.digitU, Math.max(0, left) + room, Math.min(scene.width, right) - room);
    scene.digitV =
        within(scene.digitV, Math.max(0, top) + room, Math.min(scene.height, bottom) - room);
    scene.overInk.add(
        (u, v, c) -> {
          double outside = Math.max(Math.max(left - u, u - right), Math.max(top - v, v - bottom));
          double share = Scene.edge(-outside);
          if (share > 0) {
            double grain = 1 + grainDepth * Math.sin((v + bend * Math.sin(u / 170)) / grainLength);
            double[] wood = {colour[0] * grain, colour[1] * grain, colour[2] * grain};
            Scene.mix(c, wood, share);
          }
        });
  }

  private static double within(double value, double low, double high) {
    return low > high ? (low + high) / 2 : Math.max(low, Math.min(high, value));
  }
}
