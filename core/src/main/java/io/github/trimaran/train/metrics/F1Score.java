package io.github.trimaran.train.metrics;

/**
 * The harmonic mean of precision and recall of a class: {@code 2 right / (predicted + actual)}.
 *
 * <pre>{@code
 * Metric metric = new F1Score().ofClass(1);
 * }</pre>
 */
public final class F1Score extends ClassMetric<F1Score> {

  /** The mean over classes. */
  public F1Score() {
    this(Options.MEAN);
  }

  private F1Score(Options options) {
    super("f1", options);
  }

  @Override
  F1Score with(Options other) {
    return new F1Score(other);
  }

  @Override
  double score(double right, double predicted, double actual) {
    return 2 * right / (predicted + actual);
  }
}
