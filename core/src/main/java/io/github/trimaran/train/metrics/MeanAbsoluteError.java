package io.github.trimaran.train.metrics;

/**
 * The mean of {@code |output - target|} over all elements, in the unit of the targets.
 *
 * <pre>{@code
 * Metric error = new MeanAbsoluteError();
 * }</pre>
 */
public final class MeanAbsoluteError implements Metric {

  /** Of outputs and targets of one shape. */
  public MeanAbsoluteError() {}

  @Override
  public String name() {
    return "mae";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Accumulator start() {
    return new WeightedMean(
        name(), null, (x, y, w) -> Targets.each(name(), x, y, d -> Math.abs(d)), mean -> mean);
  }
}
