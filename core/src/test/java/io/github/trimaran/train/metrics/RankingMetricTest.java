package io.github.trimaran.train.metrics;

import static io.github.trimaran.train.metrics.MetricTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.function.IntPredicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Metrics of order, against counted pairs, and by the example of scikit-learn's documentation. */
class RankingMetricTest {

  private static final Offset<Double> EXACTLY = within(1e-14);

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor floats(double[] values, int... extents) {
    return Tensor.of(backend, values, extents);
  }

  private Tensor row(double... values) {
    return floats(values, values.length);
  }

  private Tensor labels(long... values) {
    return Tensor.of(backend, values, values.length);
  }

  @Test
  void rankingOfScikitLearnsExample() {
    Tensor scores = row(0.1, 0.4, 0.35, 0.8);
    Tensor truth = labels(0, 0, 1, 1);
    assertThat(value(new AUROC(), scores, truth)).isEqualTo(0.75);
    assertThat(value(new AveragePrecision(), scores, truth)).isCloseTo(5 / 6.0, EXACTLY);
    assertThat(value(new AUROC(), scores.neg(), truth)).isEqualTo(0.25);
    assertThat(value(new AUROC(), row(3, 3, 3, 3), truth)).isEqualTo(0.5);
    assertThat(value(new AveragePrecision(), row(3, 3, 3, 3), truth)).isEqualTo(0.5);
  }

  @Test
  void areasAgreeWithCountedPairs() {
    Rng rng = Rng.seeded(5);
    int n = 200;
    double[] scores = new double[n];
    double[] truth = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      truth[i] = rng.nextInt(2);
      scores[i] = rng.nextInt(12) + truth[i]; // with many ties
      weights[i] = i % 7 == 0 ? 0 : rng.nextDouble(0.1, 2);
    }
    Metric.Accumulator area = new AUROC().start();
    Metric.Accumulator precision = new AveragePrecision().start();
    for (int from = 0; from < n; from += 50) {
      for (Metric.Accumulator sum : new Metric.Accumulator[] {area, precision}) {
        sum.add(
            row(scores).narrow(0, from, 50),
            row(truth).narrow(0, from, 50),
            row(weights).narrow(0, from, 50));
      }
    }
    assertThat(area.value()).isCloseTo(pairs(scores, i -> truth[i] == 1, weights), within(1e-12));
    assertThat(precision.value()).isCloseTo(precision(scores, truth, weights), within(1e-12));
  }

  /** The weighted share of pairs that are in order. */
  private static double pairs(double[] scores, IntPredicate positive, double... weights) {
    double right = 0;
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive.test(i) && !positive.test(j)) {
          double pair = weights[i] * weights[j];
          all += pair;
          right += scores[i] > scores[j] ? pair : scores[i] == scores[j] ? pair / 2 : 0;
        }
      }
    }
    return right / all;
  }

  /** The mean over positives of the precision among what scores as high. */
  private static double precision(double[] scores, double[] truth, double... weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      double right = 0;
      double above = 0;
      for (int j = 0; j < scores.length; j++) {
        above += scores[j] >= scores[i] ? weights[j] : 0;
        right += scores[j] >= scores[i] ? weights[j] * truth[j] : 0;
      }
      sum += truth[i] == 1 && weights[i] > 0 ? weights[i] * right / above : 0;
      all += truth[i] * weights[i];
    }
    return sum / all;
  }

  @Test
  void classesAreRankedByProbabilityAgainstTheRest() {
    Rng rng = Rng.seeded(6);
    int n = 60;
    double[] logits = rng.doubles(n * 4, -2, 2).toArray();
    long[] truth = new long[n];
    for (int i = 0; i < n; i++) {
      truth[i] = i % 11 == 0 ? -100 : rng.nextInt(3); // never class 3
    }
    double[] weights = rng.doubles(n, 0.1, 2).toArray();
    double[] counted = weights.clone();
    double mean = 0;
    for (int k = 0; k < 3; k++) {
      double[] probabilities = new double[n];
      for (int i = 0; i < n; i++) {
        counted[i] = truth[i] == -100 ? 0 : weights[i];
        double sum = 0;
        for (int c = 0; c < 4; c++) {
          sum += Math.exp(logits[4 * i + c]);
        }
        probabilities[i] = Math.exp(logits[4 * i + k]) / sum;
      }
      int ofClass = k;
      double expected = pairs(probabilities, i -> truth[i] == ofClass, counted);
      mean += expected / 3;
      assertThat(
              value(
                  new AUROC().ignoring(-100).ofClass(k),
                  floats(logits, n, 4),
                  labels(truth),
                  row(weights)))
          .isCloseTo(expected, within(1e-12));
    }
    AUROC area = new AUROC().ignoring(-100);
    assertThat(value(area, floats(logits, n, 4), labels(truth), row(weights)))
        .isCloseTo(mean, within(1e-12));
    // The same as one image of 60 pixels.
    Tensor image = floats(logits, 1, n, 4).permute(0, 2, 1);
    assertThat(value(area, image, labels(truth).reshape(1, n), row(weights).reshape(1, n)))
        .isCloseTo(mean, within(1e-12));
    assertThat(value(area.ofClass(3), floats(logits, n, 4), labels(truth))).isNaN();
  }

  /** As torchmetrics' BinaryAUROC, which refuses scores and targets of different shapes. */
  @Test
  void oneColumnOfScoresIsNoClass() {
    Tensor column = floats(new double[] {0.1, 0.4, 0.35, 0.8}, 4, 1);
    Tensor truth = labels(0, 0, 1, 1);
    assertThatThrownBy(() -> value(new AUROC(), column, truth))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "auroc: scores of one column must be of the targets' shape; take squeeze(1) of them"
                + " (outputs float64 [4, 1], targets int64 [4])");
    assertThatThrownBy(() -> value(new AveragePrecision(), column, truth))
        .hasMessageContaining("take squeeze(1)");
    assertThat(value(new AUROC(), column.squeeze(1), truth)).isEqualTo(0.75);
    assertThatThrownBy(() -> value(new AUROC(), row(0.1, 0.4, 0.3), truth))
        .hasMessageStartingWith("auroc: takes scores [N, C, ...] with int64 labels [N, ...]");
  }
}
