package io.github.trimaran.vision.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ink that hangs together: pixels of at least some strength, each the neighbour of another, across
 * corners too.
 *
 * @param across how many pixels a row of the picture has
 * @param pixels their places, row by row
 * @param left the first column with ink
 * @param top the first row with ink
 * @param right the last column with ink
 * @param bottom the last row with ink
 * @param weight the sum of the squares of its strengths
 * @param level how strong its ink is: the sum of the cubes over that of the squares, for which a
 *     faint fringe counts little
 * @param borders how many of its pixels lie on the left, upper, right and lower border
 */
record Component(
    int across,
    int[] pixels,
    int left,
    int top,
    int right,
    int bottom,
    double weight,
    double level,
    int[] borders) {

  /** All of them, in no order. */
  static List<Component> of(Plane strength, double least) {
    int size = strength.values().length;
    boolean[] open = new boolean[size];
    for (int i = 0; i < size; i++) {
      open[i] = strength.values()[i] >= least;
    }
    List<Component> components = new ArrayList<>();
    int[] queue = new int[size];
    for (int i = 0; i < size; i++) {
      if (open[i]) {
        components.add(flood(strength, open, i, queue));
      }
    }
    return components;
  }

  private static Component flood(Plane strength, boolean[] open, int start, int[] queue) {
    int width = strength.width();
    int height = strength.height();
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    double squares = 0;
    double cubes = 0;
    int[] borders = new int[4];
    int count = 0;
    queue[count++] = start;
    open[start] = false;
    for (int next = 0; next < count; next++) {
      int i = queue[next];
      int x = i % width;
      int y = i / width;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
      double value = strength.values()[i];
      squares += value * value;
      cubes += value * value * value;
      borders[0] += x == 0 ? 1 : 0;
      borders[1] += y == 0 ? 1 : 0;
      borders[2] += x == width - 1 ? 1 : 0;
      borders[3] += y == height - 1 ? 1 : 0;
      for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          int neighbour = row * width + column;
          if (open[neighbour]) {
            open[neighbour] = false;
            queue[count++] = neighbour;
          }
        }
      }
    }
    return new Component(
        width,
        Arrays.copyOf(queue, count),
        left,
        top,
        right,
        bottom,
        squares,
        cubes / squares,
        borders);
  }

  int width() {
    return right - left + 1;
  }

  int height() {
    return bottom - top + 1;
  }

  /** The longer side of its box. */
  int size() {
    return Math.max(width(), height());
  }

  /** The first column with ink in each row of its box. */
  int[] firsts() {
    int[] firsts = new int[height()];
    Arrays.fill(firsts, right);
    for (int i : pixels) {
      int row = i / across - top;
      firsts[row] = Math.min(firsts[row], i % across);
    }
    return firsts;
  }

  /** The last column with ink in each row of its box. */
  int[] lasts() {
    int[] lasts = new int[height()];
    Arrays.fill(lasts, left);
    for (int i : pixels) {
      int row = i / across - top;
      lasts[row] = Math.max(lasts[row], i % across);
    }
    return lasts;
  }

  /** The share of its box that lies between the first and the last pixel of each row. */
  double fill() {
    double between = IntStream.of(lasts()).sum() - IntStream.of(firsts()).sum() + height();
    return between / (width() * (double) height());
  }

  boolean touchesBorder() {
    return borders[0] + borders[1] + borders[2] + borders[3] > 0;
  }
}
