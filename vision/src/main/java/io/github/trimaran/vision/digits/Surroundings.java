package io.github.trimaran.vision.digits;

import java.util.BitSet;
import java.util.List;

/**
 * How far places around some ink are from it.
 *
 * @param left the first column that is looked at
 * @param top the first row
 * @param distances row by row, 0 on the ink
 */
record Surroundings(int left, int top, int width, int height, float[] distances) {

  /** The box around the parts, and this many pixels on each side as far as the picture goes. */
  static Surroundings of(List<Component> parts, Plane picture, int margin) {
    int left = picture.width();
    int top = picture.height();
    int right = 0;
    int bottom = 0;
    for (Component part : parts) {
      left = Math.min(left, part.left());
      top = Math.min(top, part.top());
      right = Math.max(right, part.right());
      bottom = Math.max(bottom, part.bottom());
    }
    left = Math.max(0, left - margin);
    top = Math.max(0, top - margin);
    int width = Math.min(picture.width(), right + margin + 1) - left;
    int height = Math.min(picture.height(), bottom + margin + 1) - top;
    BitSet ink = new BitSet(width * height);
    for (Component part : parts) {
      for (int i : part.pixels()) {
        ink.set((i / picture.width() - top) * width + i % picture.width() - left);
      }
    }
    return new Surroundings(left, top, width, height, DistanceTransform.of(ink, width, height));
  }

  /**
   * The distance of a place of the picture; infinite for those that are further than the margin.
   */
  double at(int x, int y) {
    boolean inside = x >= left && y >= top && x < left + width && y < top + height;
    return inside ? distances[(y - top) * width + x - left] : Double.POSITIVE_INFINITY;
  }
}
