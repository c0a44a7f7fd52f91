package io.github.trimaran.examples.report;

import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps what a network says of each image while an evaluation measures it, and how sure it was.
 *
 * <pre>{@code
 * Judgements judgements = new Judgements();
 * Evaluator.plain().metrics(judgements).evaluate(network, test);
 * judgements.mistakes().get(0);       // the one that it was surest of
 * }</pre>
 *
 * <p>Good for one evaluation. As a metric its value is the expected calibration error.
 */
public final class Judgements implements Metric {

  private final List<Judged> all = new ArrayList<>();

  /** Of nothing yet. */
  public Judgements() {}

  /**
   * One image.
   *
   * @param index among the images, in their order
   * @param label its class
   * @param predicted what the network said
   * @param probability of what it said
   */
  public record Judged(int index, int label, int predicted, double probability) {

    /** Whether it was right. */
    public boolean isRight() {
      return label == predicted;
    }
  }

  @Override
  public String name() {
    return "calibration_error";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Accumulator start() {
    return new Accumulator() {
      @Override
      public void add(Tensor outputs, Tensor targets, Tensor weights) {
        keep(outputs, targets);
      }

      @Override
      public double value() {
        return Calibration.of(all).error();
      }
    };
  }

  private void keep(Tensor outputs, Tensor targets) {
    long[] labels = targets.toLongs();
    double[] probabilities;
    try (Scope scope = Scope.open("the probabilities of a batch")) {
      probabilities = outputs.softmax(1).toDoubles();
    }
    int classes = outputs.shape().dim(1);
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (probabilities[i * classes + k] > probabilities[i * classes + best]) {
          best = k;
        }
      }
      all.add(new Judged(all.size(), (int) labels[i], best, probabilities[i * classes + best]));
    }
  }

  /** All, in the images' order. */
  public List<Judged> all() {
    return List.copyOf(all);
  }

  /** The mistakes, those it was surest of first. */
  public List<Judged> mistakes() {
    return all.stream()
        .filter(judged -> !judged.isRight())
        .sorted(Comparator.comparingDouble(Judged::probability).reversed())
        .toList();
  }
}
