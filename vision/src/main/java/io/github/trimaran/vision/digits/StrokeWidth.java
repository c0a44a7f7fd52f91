package io.github.trimaran.vision.digits;

import java.util.BitSet;
import java.util.List;

/**
 * How wide strokes are: of one that is w pixels wide, the mean distance of its pixels to the paper
 * is {@code (w + 2) / 4}.
 */
final class StrokeWidth {

  private StrokeWidth() {}

  static double of(Component component) {
    int width = component.width() + 2;
    BitSet paper = new BitSet();
    paper.set(0, width * (component.height() + 2));
    for (int i : component.pixels()) {
      int x = i % component.across() - component.left() + 1;
      int y = i / component.across() - component.top() + 1;
      paper.clear(y * width + x);
    }
    float[] distance = DistanceTransform.of(paper, width, component.height() + 2);
    double sum = 0;
    for (float each : distance) {
      sum += each;
    }
    return width(sum / component.pixels().length);
  }

  /** Of several, by their area. */
  static double of(List<Component> components) {
    double sum = 0;
    double area = 0;
    for (Component component : components) {
      sum += component.pixels().length * of(component);
      area += component.pixels().length;
    }
    return sum / area;
  }

  private static double width(double meanDistance) {
    return Math.max(1, 4 * meanDistance - 2);
  }
}
