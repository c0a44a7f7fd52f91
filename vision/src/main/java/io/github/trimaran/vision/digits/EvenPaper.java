package io.github.trimaran.vision.digits;

import java.util.Optional;

/**
 * Whether a picture was drawn and not photographed: its paper has one brightness, to the last bit,
 * all around its edge and on most of it, and nothing on it is lighter, or nothing darker. What ink
 * there is then needs no search for the paper below it, and is of one kind.
 */
final class EvenPaper {

  /** At least so much of the picture is bare. */
  private static final double BARE = 0.6;

  private EvenPaper() {}

  /** The ink on it; empty if the paper is not even. */
  static Optional<Ink> ink(Plane levels) {
    float paper = levels.values()[0];
    int bare = 0;
    boolean darker = false;
    boolean lighter = false;
    for (float level : levels.values()) {
      bare += level == paper ? 1 : 0;
      darker |= level < paper;
      lighter |= level > paper;
    }
    boolean even =
        bare >= BARE * levels.values().length && darker != lighter && isFramed(levels, paper);
    return even ? Optional.of(Ink.onPaper(levels, paper, darker)) : Optional.empty();
  }

  private static boolean isFramed(Plane levels, float paper) {
    for (int x = 0; x < levels.width(); x++) {
      if (levels.at(x, 0) != paper || levels.at(x, levels.height() - 1) != paper) {
        return false;
      }
    }
    for (int y = 0; y < levels.height(); y++) {
      if (levels.at(0, y) != paper || levels.at(levels.width() - 1, y) != paper) {
        return false;
      }
    }
    return true;
  }
}
