package io.github.trimaran.train.metrics;

/**
 * The mean of {@code (output - target)^2} over all elements; or its root, in the unit of the
 * targets.
 *
 * <pre>{@code
 * Metric rmse = new MeanSquaredError().root();
 * }</pre>
 */
public final class MeanSquaredError implements Metric {

  private final boolean root;

  /** The mean square, {@code mse}. */
  public MeanSquaredError() {
    this(false);
  }

  private MeanSquaredError(boolean root) {
    this.root = root;
  }

  /** The root of the mean square, {@code rmse}. */
  public MeanSquaredError root() {
    return new MeanSquaredError(true);
  }

  @Override
  public String name() {
    return root ? "rmse" : "mse";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Accumulator start() {
    return new WeightedMean(
        name(),
        null,
        (x, y, w) -> Targets.each(name(), x, y, d -> d * d),
        mean -> root ? Math.sqrt(mean) : mean);
  }
}
