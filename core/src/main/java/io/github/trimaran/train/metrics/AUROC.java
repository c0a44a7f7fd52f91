package io.github.trimaran.train.metrics;

/**
 * The area under the receiver operating characteristic: the probability that a positive target has
 * a higher score than a negative one, where equal scores count one half (Hanley and McNeil 1982). 1
 * is perfect, one half is what chance gives.
 *
 * <pre>{@code
 * Metric area = new AUROC();
 * }</pre>
 *
 * <p>See {@link RankingMetric} for what it takes.
 */
public final class AUROC extends RankingMetric<AUROC> {

  /** Of yes-or-no questions, or the mean over classes. */
  public AUROC() {
    this(Options.MEAN);
  }

  private AUROC(Options options) {
    super("auroc", options);
  }

  @Override
  AUROC with(Options other) {
    return new AUROC(other);
  }

  @Override
  double score(Ranking ranking) {
    double wins =
        ranking.sum(
            (positives, negatives, positivesAbove, negativesAbove) ->
                negatives * (positivesAbove + positives / 2));
    return wins / (ranking.positives() * ranking.negatives());
  }
}
