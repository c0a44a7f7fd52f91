package io.github.trimaran.vision.digits;

/**
 * Brings strokes to MNIST's format: ink 255, paper 0, the longer side of the ink's box 20 pixels,
 * its centre of mass in the middle of 28 x 28 (LeCun et al. 1998, section III.A). Lines that would
 * be too thin to see at that size are made thicker, for MNIST's pens were thick.
 */
final class Framing {

  static final int SIDE = 28;
  private static final double BOX = 20;

  /** Strokes thinner than this, in pixels of the result, are widened to it. */
  private static final double THINNEST = 2.2;

  /** Ink below this share of the strokes' level is paper, and from the second on full. */
  private static final double PAPER = 0.35;

  private static final double FULL = 0.55;

  /** As many pixels around the strokes may have some of their ink. */
  private static final int FRINGE = 2;

  private Framing() {}

  /** {@code [28 * 28]}. */
  static float[] of(Strokes strokes) {
    double scale = strokes.size() / BOX;
    double stroke = StrokeWidth.of(strokes.parts()) / scale;
    double wider = Math.max(0, (THINNEST - stroke) * scale / 2);
    Surroundings around =
        Surroundings.of(strokes.parts(), strokes.strength(), (int) Math.ceil(wider) + FRINGE + 1);
    Plane soft = Plane.of(around.width(), around.height());
    double low = PAPER * strokes.level();
    double high = FULL * strokes.level();
    for (int i = 0; i < soft.values().length; i++) {
      double outside = around.distances()[i];
      int x = around.left() + i % soft.width();
      int y = around.top() + i / soft.width();
      double ink = outside > FRINGE ? 0 : (strokes.strength().at(x, y) - low) / (high - low);
      double added = wider > 0 ? wider + 0.5 - outside : 0;
      soft.values()[i] = (float) Math.max(0, Math.min(1, Math.max(ink, added)));
    }
    int edge = (int) Math.round(wider);
    int left = strokes.left() - around.left() - edge;
    int top = strokes.top() - around.top() - edge;
    return sampled(soft, left, top, scale + 2 * wider / BOX);
  }

  /**
   * The mean of the squares of pixels that each pixel of the result covers. The left and upper edge
   * of the ink fall between two pixels, as in MNIST, so that the middle is met to half a pixel.
   */
  private static float[] sampled(Plane soft, int left, int top, double scale) {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int y = 0; y < soft.height(); y++) {
      for (int x = 0; x < soft.width(); x++) {
        double value = soft.at(x, y);
        mass += value;
        momentX += value * (x + 0.5);
        momentY += value * (y + 0.5);
      }
    }
    double firstX = left - scale * Math.round(0.05 + SIDE / 2.0 - (momentX / mass - left) / scale);
    double firstY = top - scale * Math.round(0.05 + SIDE / 2.0 - (momentY / mass - top) / scale);
    float[] result = new float[SIDE * SIDE];
    float strongest = 0;
    for (int i = 0; i < result.length; i++) {
      double x = firstX + i % SIDE * scale;
      double y = firstY + Math.floorDiv(i, SIDE) * scale;
      result[i] = (float) mean(soft, x, y, scale);
      strongest = Math.max(strongest, result[i]);
    }
    for (int i = 0; i < result.length; i++) {
      result[i] *= 255 / strongest;
    }
    return result;
  }

  /** Of the square that begins there; outside the plane is paper. */
  private static double mean(Plane soft, double left, double top, double side) {
    double sum = 0;
    for (int y = (int) Math.max(0, top); y < Math.min(soft.height(), top + side); y++) {
      double high = Math.min(y + 1, top + side) - Math.max(y, top);
      for (int x = (int) Math.max(0, left); x < Math.min(soft.width(), left + side); x++) {
        double wide = Math.min(x + 1, left + side) - Math.max(x, left);
        sum += high * wide * soft.at(x, y);
      }
    }
    return sum / (side * side);
  }
}
