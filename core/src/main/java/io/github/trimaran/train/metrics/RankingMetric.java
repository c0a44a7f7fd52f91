package io.github.trimaran.train.metrics;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.function.IntPredicate;

/**
 * A metric of the order that scores put targets in, whatever the threshold. All scores are kept
 * until it is asked for.
 *
 * <pre>{@code
 * Metric ofQuestions = new AUROC();            // scores and targets, 0 or 1, of one shape
 * Metric ofClasses = new AUROC();              // logits [N, C], int64 labels [N]
 * Metric ofClassTwo = new AUROC().ofClass(2);
 * }</pre>
 *
 * <p>Of yes-or-no questions outputs are any scores, larger for yes, and targets of the same shape,
 * 0 or 1; of a column of scores, {@code [N, 1]}, beside targets {@code [N]}, take {@code
 * squeeze(1)}. Of classes outputs are logits or logarithms of probabilities, {@code [N, C, ...]},
 * targets int64 labels {@code [N, ...]}: then each class is ranked against the rest by its
 * probability, and the metric is the mean over the classes of which there are both some and others.
 * NaN where there are none, or where a score is.
 *
 * @param <M> the metric's own class
 */
public abstract class RankingMetric<M extends RankingMetric<M>> implements Metric {

  private static final int ALL = -1;

  /** What can be chosen. */
  record Options(int ofClass, Long ignored) {

    static final Options MEAN = new Options(ALL, null);
  }

  private final String base;
  private final Options options;

  RankingMetric(String base, Options options) {
    this.base = base;
    this.options = options;
  }

  /** The same metric with other options. */
  abstract M with(Options other);

  /** The metric of some positives among some negatives. */
  abstract double score(Ranking ranking);

  /**
   * The same of one class against the rest, from 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public final M ofClass(int index) {
    if (index < 0) {
      throw new IllegalArgumentException(base + ": class must be at least 0, is " + index);
    }
    return with(new Options(index, options.ignored));
  }

  /** The same leaving out what has this label. */
  public final M ignoring(long label) {
    return with(new Options(options.ofClass, label));
  }

  /** Such as {@code auroc} or {@code auroc_class2}. */
  @Override
  public final String name() {
    return options.ofClass == ALL ? base : base + "_class" + options.ofClass;
  }

  @Override
  public final boolean higherIsBetter() {
    return true;
  }

  @Override
  public final Accumulator start() {
    return new Scores();
  }

  private final class Scores implements Accumulator {

    private final Numbers scores = new Numbers();
    private final Numbers truths = new Numbers();
    private final Numbers weights = new Numbers();
    private int classes;

    @Override
    public void add(Tensor outputs, Tensor targets, Tensor given) {
      double[] counts = Targets.weights(name(), given, targets);
      if (options.ignored != null) {
        Targets.ignore(name(), options.ignored, targets, counts);
      }
      boolean ofClasses =
          targets.dtype() == DType.INT64 && !outputs.shape().equals(targets.shape());
      if (ofClasses) {
        Targets.requireClasses(name(), outputs, targets);
        requireSeveral(outputs, targets);
      }
      requireKind(ofClasses ? outputs.shape().dim(1) : 1, outputs, targets);
      double[] all = ofClasses ? logProbabilities(outputs) : sameShape(outputs, targets);
      double[] right = targets.toDoubles();
      for (int i = 0; i < right.length; i++) {
        if (counts[i] != 0) {
          if (ofClasses) {
            Targets.classOf(name(), (long) right[i], classes);
          } else {
            Targets.isPositive(name(), right[i]);
          }
          scores.add(all, i * classes, classes);
          truths.add(right, i, 1);
          weights.add(counts, i, 1);
        }
      }
    }

    /** One column of scores is a yes-or-no question, whose scores and targets are of one shape. */
    private void requireSeveral(Tensor outputs, Tensor targets) {
      if (outputs.shape().dim(1) == 1) {
        throw Targets.error(
            name(),
            "scores of one column must be of the targets' shape; take squeeze(1) of them",
            outputs,
            targets);
      }
    }

    private void requireKind(int found, Tensor outputs, Tensor targets) {
      if (options.ofClass != ALL && (found == 1 || options.ofClass >= found)) {
        throw Targets.error(name(), "there is no such class", outputs, targets);
      }
      if (classes != 0 && classes != found) {
        throw Targets.error(name(), found + " scores a target after " + classes, outputs, targets);
      }
      classes = found;
    }

    private double[] sameShape(Tensor outputs, Tensor targets) {
      Targets.requireAlike(name(), outputs, targets);
      return outputs.toDoubles();
    }

    /** Row by row, so that those of a target lie together. */
    private double[] logProbabilities(Tensor outputs) {
      int[] order = new int[outputs.shape().rank()];
      for (int i = 1; i < order.length - 1; i++) {
        order[i] = i + 1;
      }
      order[order.length - 1] = 1;
      try (Scope scope = Scope.open("a metric")) {
        return outputs.to(DType.FLOAT64).logSoftmax(1).permute(order).toDoubles();
      }
    }

    @Override
    public double value() {
      if (classes <= 1) {
        return score(0, i -> truths.get(i) == 1);
      }
      if (options.ofClass != ALL) {
        return ofClass(options.ofClass);
      }
      double sum = 0;
      int known = 0;
      for (int k = 0; k < classes; k++) {
        if (hasBoth(k)) {
          sum += ofClass(k);
          known++;
        }
      }
      return sum / known;
    }

    private boolean hasBoth(int k) {
      boolean some = false;
      boolean others = false;
      for (int i = 0; i < truths.size(); i++) {
        some |= truths.get(i) == k;
        others |= truths.get(i) != k;
      }
      return some && others;
    }

    private double ofClass(int k) {
      return score(k, i -> truths.get(i) == k);
    }

    private double score(int k, IntPredicate positive) {
      double[] ofClass = new double[truths.size()];
      for (int i = 0; i < ofClass.length; i++) {
        ofClass[i] = scores.get(i * classes + k);
      }
      Ranking ranking = new Ranking(ofClass, positive, weights.toArray());
      return ranking.positives() == 0 || ranking.negatives() == 0
          ? Double.NaN
          : RankingMetric.this.score(ranking);
    }
  }
}
