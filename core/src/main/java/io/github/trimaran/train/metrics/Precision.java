package io.github.trimaran.train.metrics;

/**
 * How much of what was predicted as a class is of it: {@code right / predicted}.
 *
 * <pre>{@code
 * Metric metric = new Precision().ofClass(1);
 * }</pre>
 */
public final class Precision extends ClassMetric<Precision> {

  /** The mean over classes. */
  public Precision() {
    this(Options.MEAN);
  }

  private Precision(Options options) {
    super("precision", options);
  }

  @Override
  Precision with(Options other) {
    return new Precision(other);
  }

  @Override
  double score(double right, double predicted, double actual) {
    return ratio(right, predicted);
  }
}
