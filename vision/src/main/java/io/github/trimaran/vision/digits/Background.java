package io.github.trimaran.vision.digits;

/**
 * The paper as it would be without ink: the morphological closing, the smallest of the largest
 * values around (Serra 1982). It fills what is dark and narrower than the window, strokes, and
 * leaves wide dark things as they are, edges included: shadows, light that falls off, the table
 * beside the paper.
 */
final class Background {

  private Background() {}

  /** Without dark strokes; of the negative, without light ones. */
  static Plane withoutDark(Plane levels, int radius) {
    Plane largest = Filters.maximum(levels, radius);
    return Filters.negative(Filters.maximum(Filters.negative(largest), radius));
  }
}
