package io.github.trimaran.vision.digits;

import io.github.trimaran.vision.image.PictureException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The ink that is the digit: the heaviest component that may be one, and what lies close to it and
 * is as strong, for a digit may have several strokes.
 *
 * @param strength of all ink, lines removed
 * @param level how strong the digit's ink is
 * @param parts its components
 */
record Strokes(Plane strength, double level, List<Component> parts) {

  /** Ink below this share of the digit's level is a fringe or something fainter. */
  private static final double FRINGE = 0.35;

  /** The share of its weight that something counts against which nothing speaks. */
  private static final double CLEAR = 0.3;

  /** Smaller than this share of the paper around it, or lighter, is paper between strokes. */
  private static final double SIZE_ON_PAPER = 0.3;

  private static final double WEIGHT_ON_PAPER = 0.045;

  /** What fills more of its box than this is a sheet: an ellipse fills 0.79. */
  private static final double SHEET = 0.85;

  /** Nearer to what lies beyond the paper than this, as a share of the contrast, is the same. */
  private static final double AS_BEYOND = 0.15;

  /** How many times as wide as the strokes on it paper is at least. */
  private static final double PAPER_TO_STROKE = 2.2;

  /** Strokes apart by less than this share of the digit's size belong together. */
  private static final double NEAR = 0.2;

  /** No ink is sure to be as strong as this. */
  private static final double STRONG = 0.5;

  /** Ink weaker than this many times what may be ink is a trace of something else. */
  private static final double FAINTEST = 1.6;

  /** What weighs less than this share of the paper's lines is a remnant of them. */
  private static final double LEFT_OVER = 0.01;

  /** What counts less than this share of its weight is no digit. */
  private static final double UNLIKELY = 0.05;

  private static final String BLANK = "the picture is blank: there is no digit on it";
  private static final String CROP = "; crop the picture so that only the digit on its paper shows";

  /** Dark ink on light paper, or light ink on dark paper: whichever is more like a digit. */
  static Strokes of(Plane picture) throws PictureException {
    Optional<Ink> drawn = EvenPaper.ink(picture);
    if (drawn.isPresent()) {
      return Attempt.at(picture, drawn.get())
          .orElseThrow(() -> new PictureException(BLANK))
          .strokes();
    }
    Plane levels = Sheet.cropped(picture);
    Optional<Attempt> dark = Attempt.at(levels, Ink.dark(levels));
    Optional<Attempt> light = Attempt.at(levels, Ink.light(levels));
    Attempt better =
        Stream.of(dark, light)
            .flatMap(Optional::stream)
            .max(Comparator.comparingDouble(Attempt::score))
            .orElseThrow(() -> new PictureException(BLANK));
    if (dark.isPresent() && light.isPresent()) {
      // Paper between strokes looks like ink of the other kind, but the strokes go around it.
      if (dark.get().goesAround(light.get()) || dark.get().isWrittenOn(light.get())) {
        better = dark.get();
      } else if (light.get().goesAround(dark.get())) {
        better = light.get();
      }
    }
    return better.strokes();
  }

  private record Attempt(Ink ink, Likeness likeness, Component main, double score) {

    static Optional<Attempt> at(Plane levels, Ink all) {
      Ink ink = all.withoutLines();
      Likeness likeness = new Likeness(levels, ink);
      // What is fainter, a crease or a shadow, hangs together with strokes that cross it.
      return DoubleStream.iterate(ink.least(), least -> least < STRONG, least -> 2 * least)
          .mapToObj(least -> likeness.best(Component.of(ink.strength(), least)))
          .flatMap(Optional::stream)
          .max(Comparator.comparingDouble(Likeness.Scored::score))
          .map(best -> new Attempt(ink, likeness, best.component(), best.score()));
    }

    /** Whether this may be a digit and its box has the other in it. */
    boolean goesAround(Attempt other) {
      return score > UNLIKELY * main.weight()
          && main.left() <= other.main.left()
          && main.right() >= other.main.right()
          && main.top() <= other.main.top()
          && main.bottom() >= other.main.bottom();
    }

    /**
     * Whether this is surely a digit, and the other the paper around it, between a table and the
     * strokes: much wider than these, and rectangular or lying on something else than what these
     * look like.
     */
    boolean isWrittenOn(Attempt other) {
      return score > CLEAR * main.weight()
          && other.goesAround(this)
          && main.size() > SIZE_ON_PAPER * other.main.size()
          && main.weight() > WEIGHT_ON_PAPER * other.main.weight()
          && StrokeWidth.of(other.main) > PAPER_TO_STROKE * StrokeWidth.of(main)
          && (other.main.fill() > SHEET
              || Math.abs(likeness.depth(main, likeness.beyond(other.main))) > AS_BEYOND);
    }

    Strokes strokes() throws PictureException {
      double least = Math.max(ink.least(), FRINGE * main.level());
      Plane coverage = ink.coverage(main.level());
      List<Component> components = Component.of(coverage, least);
      Likeness.Scored best =
          likeness.best(components).orElseThrow(() -> new PictureException(BLANK));
      if (best.component().level() < FAINTEST * ink.least()
          || best.component().weight() < LEFT_OVER * ink.lines()) {
        throw new PictureException(BLANK);
      }
      if (best.score() < UNLIKELY * best.component().weight()) {
        throw new PictureException("nothing on the picture looks like a digit" + CROP);
      }
      List<Component> parts = new ArrayList<>(List.of(best.component()));
      List<Component> others = new ArrayList<>(components);
      others.remove(best.component());
      Strokes strokes = new Strokes(coverage, best.component().level(), parts);
      strokes.addNear(others);
      Optional<Likeness.Scored> rival = likeness.best(others);
      if (rival.isPresent()
          && rival.get().score() > 0.4 * best.score()
          && rival.get().component().size() > 0.5 * best.component().size()) {
        throw new PictureException("several things on the picture may be the digit" + CROP);
      }
      return strokes;
    }
  }

  private void addNear(List<Component> others) {
    int size = parts.get(0).size();
    boolean grown = true;
    while (grown) {
      Surroundings around = Surroundings.of(parts, strength, (int) Math.ceil(NEAR * size));
      grown = false;
      for (Component other : List.copyOf(others)) {
        boolean like =
            other.size() >= 0.1 * size && other.level() > 0.4 * level && !other.touchesBorder();
        if (like && nearest(other, around) < NEAR * size) {
          parts.add(other);
          others.remove(other);
          grown = true;
        }
      }
    }
  }

  private static double nearest(Component component, Surroundings around) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i : component.pixels()) {
      nearest = Math.min(nearest, around.at(i % component.across(), i / component.across()));
    }
    return nearest;
  }

  /** The longer side of the box around all parts. */
  int size() {
    int right = parts.stream().mapToInt(Component::right).max().orElseThrow();
    int bottom = parts.stream().mapToInt(Component::bottom).max().orElseThrow();
    return 1 + Math.max(right - left(), bottom - top());
  }

  /** The first column with ink. */
  int left() {
    return parts.stream().mapToInt(Component::left).min().orElseThrow();
  }

  /** The first row with ink. */
  int top() {
    return parts.stream().mapToInt(Component::top).min().orElseThrow();
  }
}
