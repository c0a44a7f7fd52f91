package io.github.trimaran.vision.digits;

import java.util.stream.IntStream;

/**
 * The convex hull of a component, for each row of its box.
 *
 * @param firsts the first column
 * @param lasts the last column
 */
record Hull(int[] firsts, int[] lasts) {

  static Hull of(Component component) {
    return new Hull(chain(component.firsts(), -1), chain(component.lasts(), 1));
  }

  /** How many pixels it has. */
  int area() {
    return IntStream.of(lasts).sum() - IntStream.of(firsts).sum() + lasts.length;
  }

  /**
   * The edge of the hull on one side: the chain of corners that turns one way (Andrew 1979), filled
   * in between.
   *
   * @param side -1 for the left one, 1 for the right one
   */
  private static int[] chain(int[] columns, int side) {
    int[] corners = new int[columns.length];
    int count = 0;
    for (int row = 0; row < columns.length; row++) {
      while (count > 1 && side * turn(columns, corners[count - 2], corners[count - 1], row) >= 0) {
        count--;
      }
      corners[count++] = row;
    }
    int[] filled = columns.clone();
    for (int corner = 0; corner + 1 < count; corner++) {
      int from = corners[corner];
      int to = corners[corner + 1];
      for (int row = from; row <= to; row++) {
        filled[row] =
            columns[from]
                + Math.round((columns[to] - columns[from]) * (row - from) / (float) (to - from));
      }
    }
    return filled;
  }

  /** More than 0 if the middle row's column lies left of the line between the others. */
  private static long turn(int[] columns, int from, int middle, int to) {
    long along = (long) (columns[to] - columns[from]) * (middle - from);
    return along - (long) (columns[middle] - columns[from]) * (to - from);
  }
}
