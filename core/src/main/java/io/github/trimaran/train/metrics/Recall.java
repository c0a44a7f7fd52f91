package io.github.trimaran.train.metrics;

/**
 * How much of a class was predicted as it: {@code right / actual}. Its mean is called balanced
 * accuracy.
 *
 * <pre>{@code
 * Metric metric = new Recall().ofClass(1);
 * }</pre>
 */
public final class Recall extends ClassMetric<Recall> {

  /** The mean over classes. */
  public Recall() {
    this(Options.MEAN);
  }

  private Recall(Options options) {
    super("recall", options);
  }

  @Override
  Recall with(Options other) {
    return new Recall(other);
  }

  @Override
  double score(double right, double predicted, double actual) {
    return ratio(right, actual);
  }
}
