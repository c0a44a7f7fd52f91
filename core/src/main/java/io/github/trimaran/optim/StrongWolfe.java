package io.github.trimaran.optim;

import java.util.function.Function;

/**
 * A search for a point with the strong Wolfe conditions (Nocedal and Wright, algorithms 3.5 and
 * 3.6; the interpolation is minFunc's, as PyTorch has it): the loss falls enough, {@code f(x + t d)
 * <= f(x) + 1e-4 t d^T g}, and its slope is at most 0.9 of what it was.
 */
final class StrongWolfe implements LineSearch {

  private static final double SUFFICIENT = 1e-4;
  private static final double FLATTER = 0.9;
  private static final double SMALLEST_CHANGE = 1e-9;
  private static final int MAX_TRIALS = 25;

  /** A point tried: how far away, and the slope of the loss in the direction there. */
  private record Trial(double t, double slope, Point point) {

    /** What is no number, or minus infinity, is no place to be. */
    double loss() {
      return Double.isFinite(point.loss()) ? point.loss() : Double.POSITIVE_INFINITY;
    }
  }

  /** Two trials between which there is a point with the conditions; the loss is less at the low. */
  private record Bracket(Trial low, Trial high) {

    static Bracket of(Trial a, Trial b) {
      return b.loss() < a.loss() ? new Bracket(b, a) : new Bracket(a, b);
    }

    double left() {
      return Math.min(low.t(), high.t());
    }

    double right() {
      return Math.max(low.t(), high.t());
    }

    double width() {
      return right() - left();
    }
  }

  @Override
  public Point search(
      Function<double[], Point> loss, Point start, double[] direction, double first) {
    Point found = new Search(loss, start, direction).run(first).point();
    return found.loss() < start.loss() ? found : null;
  }

  /** One search. */
  private static final class Search {

    private final Function<double[], Point> loss;
    private final double[] direction;
    private final Trial start;
    private int trials;

    Search(Function<double[], Point> loss, Point start, double[] direction) {
      this.loss = loss;
      this.direction = direction;
      this.start = new Trial(0, Vectors.dot(direction, start.gradient()), start);
    }

    private Trial at(double t) {
      Point point = loss.apply(Vectors.sum(start.point().x(), direction, t));
      return new Trial(t, Vectors.dot(direction, point.gradient()), point);
    }

    private boolean fallsTooLittle(Trial trial) {
      return trial.loss() > start.loss() + SUFFICIENT * trial.t() * start.slope();
    }

    private boolean isFlat(Trial trial) {
      return Math.abs(trial.slope()) <= -FLATTER * start.slope();
    }

    /** Goes further until there is a bracket, then narrows that. */
    Trial run(double first) {
      Trial before = start;
      Trial trial = at(first);
      while (trials < MAX_TRIALS) {
        if (fallsTooLittle(trial) || (trials > 1 && trial.loss() >= before.loss())) {
          return narrowed(Bracket.of(before, trial));
        }
        if (isFlat(trial)) {
          return trial;
        }
        if (trial.slope() >= 0) {
          return narrowed(Bracket.of(before, trial));
        }
        double least = trial.t() + 0.01 * (trial.t() - before.t());
        double t = minimum(before, trial, least, 10 * trial.t());
        before = trial;
        trial = at(t);
        trials++;
      }
      return Bracket.of(start, trial).low();
    }

    private Trial narrowed(Bracket first) {
      Bracket bracket = first;
      double size = Vectors.largest(direction);
      boolean stuck = false;
      while (trials < MAX_TRIALS && bracket.width() * size >= SMALLEST_CHANGE) {
        double t = minimum(bracket.low(), bracket.high(), bracket.left(), bracket.right());
        double margin = 0.1 * bracket.width();
        boolean atTheEdge = Math.min(bracket.right() - t, t - bracket.left()) < margin;
        if (atTheEdge && (stuck || t >= bracket.right() || t <= bracket.left())) {
          boolean right = Math.abs(t - bracket.right()) < Math.abs(t - bracket.left());
          t = right ? bracket.right() - margin : bracket.left() + margin;
          atTheEdge = false;
        }
        stuck = atTheEdge;
        Trial trial = at(t);
        trials++;
        if (fallsTooLittle(trial) || trial.loss() >= bracket.low().loss()) {
          bracket = Bracket.of(bracket.low(), trial);
        } else if (isFlat(trial)) {
          return trial;
        } else {
          boolean beyond = trial.slope() * (bracket.high().t() - bracket.low().t()) >= 0;
          bracket = new Bracket(trial, beyond ? bracket.low() : bracket.high());
        }
      }
      return bracket.low();
    }
  }

  /**
   * Where the cubic through both trials, with their slopes, is least, within limits; in the middle
   * if it has no minimum.
   */
  private static double minimum(Trial a, Trial b, double least, double most) {
    Trial left = a.t() <= b.t() ? a : b;
    Trial right = a.t() <= b.t() ? b : a;
    double width = right.t() - left.t();
    double d1 =
        left.slope() + right.slope() - 3 * (left.loss() - right.loss()) / (left.t() - right.t());
    double d2 = Math.sqrt(d1 * d1 - left.slope() * right.slope());
    double t =
        right.t() - width * ((right.slope() + d2 - d1) / (right.slope() - left.slope() + 2 * d2));
    return Double.isNaN(t) ? (least + most) / 2 : Math.min(Math.max(t, least), most);
  }
}
