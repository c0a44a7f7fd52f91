package io.github.trimaran.optim;

/**
 * One cycle (Smith and Topin 2019), as PyTorch's {@code OneCycleLR} has it: up from {@code peak /
 * divFactor} to {@code peak}, which {@code pctStart} of the steps take, then down to {@code peak /
 * (divFactor * finalDivFactor)} at the last. In three phases it goes down to where it began first,
 * as fast as it went up, and then to the last.
 *
 * <pre>{@code
 * OneCycle cycle = LearningRate.oneCycle(0.1, steps).linear().threePhase();
 * Optimizer sgd = new Sgd(model.parameters(), cycle).momentum(cycle.momentum(0.85, 0.95));
 * }</pre>
 *
 * <p>Along half cosines, with {@code pctStart} 0.3, {@code divFactor} 25, {@code finalDivFactor}
 * 1e4 and two phases unless they are set.
 */
public final class OneCycle implements LearningRate {

  private final double peak;
  private final long steps;
  private double pctStart = 0.3;
  private double divFactor = 25;
  private double finalDivFactor = 1e4;
  private boolean linear;
  private boolean threePhase;

  OneCycle(double peak, long steps) {
    Settings.requirePositive("learning rate:", peak);
    Settings.requireSteps("learning rate: steps", steps);
    this.peak = peak;
    this.steps = steps;
  }

  private OneCycle(OneCycle other) {
    peak = other.peak;
    steps = other.steps;
    pctStart = other.pctStart;
    divFactor = other.divFactor;
    finalDivFactor = other.finalDivFactor;
    linear = other.linear;
    threePhase = other.threePhase;
  }

  /** The same going up during that part of the steps, at least 0 and below 1. */
  public OneCycle pctStart(double value) {
    Settings.requireFraction("one-cycle: pctStart", value);
    OneCycle copy = new OneCycle(this);
    copy.pctStart = value;
    return copy.checked();
  }

  /** The same from {@code peak / value}. */
  public OneCycle divFactor(double value) {
    Settings.requirePositive("one-cycle: divFactor", value);
    OneCycle copy = new OneCycle(this);
    copy.divFactor = value;
    return copy;
  }

  /** The same down to the first rate divided by that. */
  public OneCycle finalDivFactor(double value) {
    Settings.requirePositive("one-cycle: finalDivFactor", value);
    OneCycle copy = new OneCycle(this);
    copy.finalDivFactor = value;
    return copy;
  }

  /** The same along straight lines. */
  public OneCycle linear() {
    OneCycle copy = new OneCycle(this);
    copy.linear = true;
    return copy;
  }

  /** The same going down twice: as fast as up, then to the last rate. */
  public OneCycle threePhase() {
    OneCycle copy = new OneCycle(this);
    copy.threePhase = true;
    return copy.checked();
  }

  private OneCycle checked() {
    if (threePhase && pctStart > 0.5) {
      throw new IllegalArgumentException(
          "one-cycle: with three phases, pctStart must be at most 0.5, is " + pctStart);
    }
    return this;
  }

  @Override
  public double at(long step) {
    double first = peak / divFactor;
    return along(step, first, peak, first / finalDivFactor);
  }

  /**
   * The momentum that goes with it: {@code max} where the rate is low, {@code base} at its peak.
   * For {@link Sgd#momentum(Schedule)}, or the first of {@link Adam#betas(Schedule, double)}; 0.85
   * and 0.95 are PyTorch's.
   */
  public Schedule momentum(double base, double max) {
    Settings.requireFraction("one-cycle: base momentum", base);
    Settings.requireFraction("one-cycle: max momentum", max);
    return step -> along(step, max, base, max);
  }

  /** The value at a step on the way from {@code first} to {@code top}, and on to {@code last}. */
  private double along(long step, double first, double top, double last) {
    double up = pctStart * steps - 1;
    if (step <= up) {
      return between(first, top, step / Math.max(up, 1e-9));
    }
    double down = threePhase ? 2 * pctStart * steps - 2 : up;
    if (step <= down) {
      return between(top, first, (step - up) / (down - up));
    }
    double from = threePhase ? first : top;
    return between(from, last, Math.min(1, (step - down) / (steps - 1 - down)));
  }

  private double between(double from, double to, double part) {
    return linear ? from + (to - from) * part : cosineBetween(from, to, part);
  }

  static double cosineBetween(double from, double to, double part) {
    return to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
  }
}
