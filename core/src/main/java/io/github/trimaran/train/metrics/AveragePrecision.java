package io.github.trimaran.train.metrics;

/**
 * The mean precision over the recalls that thresholds give, highest first: {@code sum of (R[t] -
 * R[t - 1]) P[t]} over the different scores t, not interpolated. It is what to look at where
 * positives are rare.
 *
 * <pre>{@code
 * Metric precision = new AveragePrecision();
 * }</pre>
 *
 * <p>See {@link RankingMetric} for what it takes.
 */
public final class AveragePrecision extends RankingMetric<AveragePrecision> {

  /** Of yes-or-no questions, or the mean over classes. */
  public AveragePrecision() {
    this(Options.MEAN);
  }

  private AveragePrecision(Options options) {
    super("average_precision", options);
  }

  @Override
  AveragePrecision with(Options other) {
    return new AveragePrecision(other);
  }

  @Override
  double score(Ranking ranking) {
    double sum =
        ranking.sum(
            (positives, negatives, positivesAbove, negativesAbove) -> {
              double right = positivesAbove + positives;
              return positives == 0 ? 0 : positives * right / (right + negativesAbove + negatives);
            });
    return sum / ranking.positives();
  }
}
