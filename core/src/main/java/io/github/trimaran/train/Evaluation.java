package io.github.trimaran.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a model does on some samples.
 *
 * <pre>{@code
 * Evaluation found = Evaluator.plain().metrics(new F1Score()).evaluate(model, test);
 * System.out.println(found.accuracy() + " " + found.metric("f1"));
 * }</pre>
 */
public final class Evaluation {

  private final double loss;
  private final long samples;
  private final Confusion confusion;
  private final Map<String, Double> metrics;

  Evaluation(double loss, long samples, Confusion confusion, Map<String, Double> metrics) {
    this.loss = loss;
    this.samples = samples;
    this.confusion = confusion;
    this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The mean loss of a sample, without regularisation. */
  public double loss() {
    return loss;
  }

  /** How many samples there were. */
  public long samples() {
    return samples;
  }

  /** Whether classes were predicted; else only the loss and metrics mean something. */
  public boolean isClassification() {
    return confusion.classes() > 0;
  }

  /** How many classes there are. */
  public int classes() {
    return confusion.classes();
  }

  /** How many samples were put into the right class. */
  public long correct() {
    return confusion.correct();
  }

  /**
   * The part put into the right class, of the samples that have one and weigh anything; NaN
   * without.
   */
  public double accuracy() {
    return (double) confusion.correct() / confusion.labelled();
  }

  /**
   * The part of each class's samples put into it; NaN for a class without samples. Empty for more
   * than 1,000 classes.
   */
  public double[] perClassAccuracy() {
    long[][] counts = confusion.counts();
    double[] accuracy = new double[counts.length];
    for (int k = 0; k < accuracy.length; k++) {
      accuracy[k] = (double) counts[k][k] / Arrays.stream(counts[k]).sum();
    }
    return accuracy;
  }

  /**
   * The confusion matrix: {@code [k][p]} counts samples of class k that were taken for p. Empty for
   * more than 1,000 classes.
   */
  public long[][] confusion() {
    return Arrays.stream(confusion.counts()).map(long[]::clone).toArray(long[][]::new);
  }

  /** What was measured besides, by name; in the order it was asked for. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /**
   * The metric of that name.
   *
   * @throws IllegalArgumentException if it was not measured, listing those that were
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "evaluation: no metric '" + name + "'; there are " + metrics.keySet());
    }
    return value;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("loss " + loss);
    if (isClassification()) {
      text.append(", accuracy ").append(accuracy());
    }
    metrics.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    return text + " on " + samples + " samples";
  }
}
