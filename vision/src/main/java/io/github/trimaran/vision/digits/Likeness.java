package io.github.trimaran.vision.digits;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much a component is like a digit: its weight, less what speaks against it.
 *
 * @param levels the brightness of the picture
 * @param ink on it
 */
record Likeness(Plane levels, Ink ink) {

  /** Components smaller than this share of the shorter side are specks. */
  private static final double SPECK = 0.045;

  /** No digit is wider than high by more than this. */
  private static final double WIDEST = 2.2;

  /** What ink that touches the border counts: it may go on beyond. */
  private static final double AT_BORDER = 0.1;

  /** What ink in a corner or along a side counts: a frame, the table. */
  private static final double ALONG_BORDER = 0.001;

  /** Ink that takes this share of a side lies along it. */
  private static final double SIDE = 0.85;

  /** What a gap between strokes or something solid counts. */
  private static final double NO_STROKE = 0.02;

  /** As many components are looked at closely: others weigh less. */
  private static final int CANDIDATES = 12;

  /** Strokes up to this width are a digit's, in twentieths of its size; from the second on none. */
  private static final double THICK = 7;

  private static final double THICKEST = 10;

  /**
   * A component and how much it is like a digit.
   *
   * @param component the one
   * @param score its weight and less
   */
  record Scored(Component component, double score) {}

  /** The component that is most like a digit, if any is larger than a speck. */
  Optional<Scored> best(List<Component> components) {
    List<Component> heaviest =
        components.stream()
            .filter(c -> c.size() >= SPECK * levels.shorter())
            .sorted(Comparator.comparingDouble(c -> -most(c)))
            .limit(CANDIDATES)
            .toList();
    Scored best = null;
    for (Component component : heaviest) {
      if (best != null && most(component) <= best.score) {
        break;
      }
      double score = of(component);
      if (best == null || score > best.score) {
        best = new Scored(component, score);
      }
    }
    return Optional.ofNullable(best);
  }

  /** What a component scores if it has a digit's shape. */
  private double most(Component component) {
    return component.weight() * border(component);
  }

  double of(Component component) {
    boolean isNone = isFlat(component) || isGap(component) || !isBounded(component);
    return most(component) * (isNone ? NO_STROKE : 1) * thinness(component);
  }

  private static boolean isFlat(Component component) {
    return component.width() > WIDEST * component.height();
  }

  private double border(Component component) {
    if (isAlongBorder(component)) {
      return ALONG_BORDER;
    }
    return component.touchesBorder() ? AT_BORDER : 1;
  }

  /** Whether it fills a corner or nearly a side of the picture. */
  boolean isAlongBorder(Component component) {
    int[] borders = component.borders();
    return Math.max(borders[0], borders[2]) > SIDE * levels.height()
        || Math.max(borders[1], borders[3]) > SIDE * levels.width()
        || hasCorner(component);
  }

  private boolean hasCorner(Component component) {
    int width = levels.width();
    boolean atSide = component.left() == 0 || component.right() == width - 1;
    boolean atEnd = component.top() == 0 || component.bottom() == levels.height() - 1;
    if (!atSide || !atEnd) {
      return false;
    }
    int last = levels.values().length - 1;
    for (int i : component.pixels()) {
      if (i == 0 || i == width - 1 || i == last || i == last - width + 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether this is paper between strokes of the other kind, dark instead of light: then what lies
   * around is paper as well, and nearer to this in brightness than to what was taken for its paper.
   */
  boolean isGap(Component component) {
    double own = 0;
    double paper = 0;
    BitSet inside = new BitSet();
    for (int i : component.pixels()) {
      own += levels.values()[i];
      paper += paper(i);
      inside.set(i);
    }
    double middle = (own + paper) / 2 / component.pixels().length;
    int margin = component.size() / 3;
    int alike = 0;
    int all = 0;
    for (int y = Math.max(0, component.top() - margin);
        y <= Math.min(levels.height() - 1, component.bottom() + margin);
        y++) {
      for (int x = Math.max(0, component.left() - margin);
          x <= Math.min(levels.width() - 1, component.right() + margin);
          x++) {
        int i = y * levels.width() + x;
        if (!inside.get(i)) {
          all++;
          alike += levels.values()[i] < middle == ink.isDark() ? 1 : 0;
        }
      }
    }
    return alike > 0.5 * all;
  }

  /** The median brightness of a rim around the component's box; 0 if it fills the picture. */
  double beyond(Component component) {
    int rim = Math.max(2, component.size() / 12);
    double[] sorted =
        IntStream.range(0, levels.values().length)
            .filter(
                i -> {
                  int x = i % levels.width();
                  int y = i / levels.width();
                  int right = Math.max(component.left() - x, x - component.right());
                  int down = Math.max(component.top() - y, y - component.bottom());
                  int away = Math.max(right, down);
                  return away > 0 && away <= rim;
                })
            .mapToDouble(i -> levels.values()[i])
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** How far the strongest ink is from a brightness towards the paper's: 0 if it is that. */
  double depth(Component component, double other) {
    int strongest = component.pixels()[0];
    for (int i : component.pixels()) {
      strongest = ink.strength().values()[i] > ink.strength().values()[strongest] ? i : strongest;
    }
    double paper = paper(strongest);
    return (levels.values()[strongest] - other) / (paper - other);
  }

  /**
   * Whether there is an edge all around, half as high as the ink is strong. The window of the
   * background cuts paper between strokes off where there is none.
   */
  boolean isBounded(Component component) {
    int reach = Math.max(3, component.size() / 25);
    int width = levels.width();
    BitSet inside = new BitSet();
    double contrast = 0;
    for (int i : component.pixels()) {
      inside.set(i);
      contrast += Math.abs(levels.values()[i] - paper(i)) / component.pixels().length;
    }
    int edges = 0;
    int all = 0;
    for (int i : component.pixels()) {
      int x = i % width;
      int y = i / width;
      boolean outer =
          (x > 0 && !inside.get(i - 1))
              || (x < width - 1 && !inside.get(i + 1))
              || (y > 0 && !inside.get(i - width))
              || (y < levels.height() - 1 && !inside.get(i + width));
      if (outer) {
        all++;
        edges += range(x, y, reach) > 0.5 * contrast ? 1 : 0;
      }
    }
    return edges > 0.8 * all;
  }

  /** Between the lightest and the darkest of nine places around. */
  private double range(int x, int y, int reach) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int down = -reach; down <= reach; down += reach) {
      for (int right = -reach; right <= reach; right += reach) {
        float level = levels.nearest(x + right, y + down);
        least = Math.min(least, level);
        most = Math.max(most, level);
      }
    }
    return most - least;
  }

  /** The brightness of the paper below a pixel, from that of the ink and its strength. */
  private double paper(int i) {
    return ink.paper(levels.values()[i], i);
  }

  private double thinness(Component component) {
    double stroke = 20 * StrokeWidth.of(component) / component.size();
    double thinness = (THICKEST - stroke) / (THICKEST - THICK);
    return Math.max(NO_STROKE, Math.min(1, thinness));
  }
}
