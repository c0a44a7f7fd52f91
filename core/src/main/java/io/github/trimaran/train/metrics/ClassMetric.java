package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * A metric of each class, by how often it was predicted and how often that was right, averaged over
 * classes.
 *
 * <pre>{@code
 * Metric mean = new F1Score();                  // over classes
 * Metric ofClassTwo = new F1Score().ofClass(2);
 * Metric ofTheYes = new F1Score().binary();     // outputs above 0 say yes
 * }</pre>
 *
 * <p>Outputs are scores {@code [N, C, ...]}, the highest of which decides, the first of equals;
 * targets int64 labels {@code [N, ...]}. Of yes-or-no questions, and of samples with several
 * labels, both are of one shape, targets 0 or 1; all their elements are pooled.
 *
 * <p>A ratio of 0 to 0 is 0, such as the precision of a class that never was predicted; but a class
 * that was neither predicted nor right for anything has none, is left out of means, and is NaN by
 * itself.
 *
 * @param <M> the metric's own class
 */
public abstract class ClassMetric<M extends ClassMetric<M>> implements Metric {

  /** How classes become one number. */
  private enum Average {
    MACRO(""),
    MICRO("_micro"),
    WEIGHTED("_weighted"),
    ONE("_class");

    private final String suffix;

    Average(String suffix) {
      this.suffix = suffix;
    }
  }

  /** What can be chosen. */
  record Options(Decision decision, Average average, int ofClass) {

    static final Options MEAN = new Options(Decision.CLASSES, Average.MACRO, -1);
  }

  private final String base;
  private final Options options;

  ClassMetric(String base, Options options) {
    this.base = base;
    this.options = options;
  }

  /** The same metric with other options. */
  abstract M with(Options other);

  /**
   * The metric of one class.
   *
   * @param right how much of it was predicted as it
   * @param predicted how much was predicted as it
   * @param actual how much of it there is
   */
  abstract double score(double right, double predicted, double actual);

  /** The same as the mean over classes; that is how it is unless set. */
  public final M macro() {
    return with(new Options(options.decision, Average.MACRO, -1));
  }

  /** The same over the counts of all classes added up. */
  public final M micro() {
    return with(new Options(options.decision, Average.MICRO, -1));
  }

  /** The same as the mean over classes by how much there is of each. */
  public final M weighted() {
    return with(new Options(options.decision, Average.WEIGHTED, -1));
  }

  /**
   * The same of one class, from 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public final M ofClass(int index) {
    if (index < 0) {
      throw new IllegalArgumentException(base + ": class must be at least 0, is " + index);
    }
    return with(new Options(options.decision, Average.ONE, index));
  }

  /** The same for yes-or-no questions by logits: {@link #binary(double)} with threshold 0. */
  public final M binary() {
    return binary(0);
  }

  /** The same of the yes, class 1, where outputs above the threshold say yes. */
  public final M binary(double threshold) {
    return with(new Options(options.decision.above(threshold), Average.ONE, 1));
  }

  /** The same leaving out what has this label. */
  public final M ignoring(long label) {
    return with(new Options(options.decision.ignoring(label), options.average, options.ofClass));
  }

  /** Such as {@code f1}, {@code f1_micro} or, of class 2 of several, {@code f1_class2}. */
  @Override
  public final String name() {
    if (options.average != Average.ONE) {
      return base + options.average.suffix;
    }
    return options.decision.threshold() == null
        ? base + options.average.suffix + options.ofClass
        : base;
  }

  @Override
  public final boolean higherIsBetter() {
    return true;
  }

  @Override
  public final Accumulator start() {
    return new Counts();
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private final class Counts implements Accumulator {

    private double[] right = {};
    private double[] predicted = {};
    private double[] actual = {};

    @Override
    public void add(Tensor outputs, Tensor targets, Tensor weights) {
      Decision.Decided decided = options.decision.of(name(), outputs, targets, weights);
      classes(decided.classes());
      for (int i = 0; i < decided.weights().length; i++) {
        double weight = decided.weights()[i];
        int guess = decided.predicted()[i];
        int truth = decided.right()[i];
        predicted[guess] += weight;
        actual[truth] += weight;
        right[truth] += guess == truth ? weight : 0;
      }
    }

    private void classes(int classes) {
      if (options.average == Average.ONE && options.ofClass >= classes) {
        throw new IllegalArgumentException(
            name() + ": no class " + options.ofClass + " of " + classes);
      }
      if (right.length < classes) {
        right = Arrays.copyOf(right, classes);
        predicted = Arrays.copyOf(predicted, classes);
        actual = Arrays.copyOf(actual, classes);
      }
    }

    @Override
    public double value() {
      return switch (options.average) {
        case MACRO -> mean(false);
        case WEIGHTED -> mean(true);
        case MICRO ->
            isKnown(sum(predicted), sum(actual))
                ? score(sum(right), sum(predicted), sum(actual))
                : Double.NaN;
        case ONE -> options.ofClass < right.length ? ofClass(options.ofClass) : Double.NaN;
      };
    }

    private double mean(boolean byActual) {
      double sum = 0;
      double count = 0;
      for (int k = 0; k < right.length; k++) {
        if (isKnown(predicted[k], actual[k])) {
          double weight = byActual ? actual[k] : 1;
          sum += weight * ofClass(k);
          count += weight;
        }
      }
      return sum / count;
    }

    private double ofClass(int k) {
      return isKnown(predicted[k], actual[k])
          ? score(right[k], predicted[k], actual[k])
          : Double.NaN;
    }

    private boolean isKnown(double guessed, double there) {
      return guessed != 0 || there != 0;
    }

    private double sum(double... values) {
      return Arrays.stream(values).sum();
    }
  }
}
