package io.github.trimaran.examples.serve;

import java.util.ArrayList;
import java.util.List;

/** Ten digits as a hand would draw them on paper of 280 x 280: strokes of points {@code {x, y}}. */
final class DigitStrokes {

  private DigitStrokes() {}

  /** The strokes of a digit. */
  static List<List<int[]>> of(int digit) {
    return switch (digit) {
      case 0 -> List.of(arc(140, 140, 55, 85, -80, 280));
      case 1 -> List.of(line(120, 85, 148, 50, 148, 230));
      case 2 -> List.of(join(arc(140, 100, 55, 50, -200, 40), line(182, 132, 85, 225, 205, 225)));
      case 3 -> List.of(join(arc(130, 97, 52, 45, -150, 80), arc(130, 185, 60, 47, -80, 150)));
      case 4 -> List.of(line(150, 50, 75, 165, 215, 165), line(170, 110, 165, 235));
      case 5 -> List.of(join(line(195, 55, 105, 55, 97, 125), arc(132, 172, 62, 55, -125, 140)));
      case 6 -> List.of(join(line(175, 50, 120, 100, 96, 165), arc(142, 180, 48, 50, 180, 530)));
      case 7 -> List.of(line(80, 60, 200, 60, 165, 130, 130, 235));
      case 8 -> List.of(join(arc(140, 95, 42, 42, 90, 450), arc(140, 185, 52, 50, -90, 270)));
      case 9 -> List.of(join(arc(135, 105, 48, 50, -20, 330), line(183, 85, 178, 160, 160, 235)));
      default -> throw new IllegalArgumentException("no digit " + digit);
    };
  }

  private static List<int[]> line(int... coordinates) {
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < coordinates.length; i += 2) {
      points.add(new int[] {coordinates[i], coordinates[i + 1]});
    }
    return points;
  }

  /** Part of an ellipse, degrees clockwise from the right. */
  private static List<int[]> arc(
      int centreX, int centreY, int radiusX, int radiusY, int from, int to) {
    List<int[]> points = new ArrayList<>();
    for (int angle = from; angle <= to; angle += 15) {
      points.add(
          new int[] {
            (int) Math.round(centreX + radiusX * Math.cos(Math.toRadians(angle))),
            (int) Math.round(centreY + radiusY * Math.sin(Math.toRadians(angle)))
          });
    }
    return points;
  }

  private static List<int[]> join(List<int[]> first, List<int[]> second) {
    List<int[]> points = new ArrayList<>(first);
    points.addAll(second);
    return points;
  }
}
