package io.github.trimaran.optim;

import java.util.function.Function;

/** How far to go in a direction in which the loss falls. */
interface LineSearch {

  /** Where the parameters may be, and the loss and its gradient there. */
  record Point(double[] x, double loss, double[] gradient) {}

  /**
   * A point with a smaller loss.
   *
   * @param loss evaluates it at a point
   * @param direction of steps from {@code start}, in which the loss falls
   * @param first the part or multiple of the direction to try first
   * @return null if none was found
   */
  Point search(Function<double[], Point> loss, Point start, double[] direction, double first);
}
