package io.github.trimaran.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Metrics by hand, against plain loops, and by the examples of scikit-learn's documentation. */
class MetricTest {

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

  private Tensor mask(boolean... values) {
    return Tensor.of(backend, values, values.length);
  }

  /** Scores that predict these classes. */
  private Tensor predicting(int classes, int... predicted) {
    double[] scores = new double[predicted.length * classes];
    for (int i = 0; i < predicted.length; i++) {
      scores[i * classes + predicted[i]] = 1;
    }
    return floats(scores, predicted.length, classes);
  }

  static double value(Metric metric, Tensor outputs, Tensor targets) {
    return value(metric, outputs, targets, null);
  }

  static double value(Metric metric, Tensor outputs, Tensor targets, Tensor weights) {
    Metric.Accumulator sum = metric.start();
    sum.add(outputs, targets, weights);
    return sum.value();
  }

  // ---- classes ----------------------------------------------------------------------------------

  @Test
  void precisionRecallAndF1OfScikitLearnsExample() {
    Tensor truth = labels(0, 1, 2, 0, 1, 2);
    Tensor guess = predicting(3, 0, 2, 1, 0, 0, 1);
    assertThat(value(new Precision(), guess, truth)).isCloseTo(2 / 9.0, EXACTLY);
    assertThat(value(new Precision().micro(), guess, truth)).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(value(new Recall(), guess, truth)).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(value(new Recall().ofClass(0), guess, truth)).isEqualTo(1);
    assertThat(value(new F1Score(), guess, truth)).isCloseTo(0.8 / 3, EXACTLY);
    assertThat(value(new F1Score().micro(), guess, truth)).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(value(new F1Score().weighted(), guess, truth)).isCloseTo(0.8 / 3, EXACTLY);
    assertThat(value(new F1Score().ofClass(0), guess, truth)).isCloseTo(0.8, EXACTLY);
    assertThat(value(new F1Score().ofClass(1), guess, truth)).isZero();
    assertThat(value(new Accuracy(), guess, truth)).isCloseTo(1 / 3.0, EXACTLY);
  }

  @Test
  void intersectionOverUnionOfScikitLearnsExample() {
    Tensor truth = labels(0, 1, 2, 2);
    Tensor guess = predicting(3, 0, 2, 1, 2);
    assertThat(value(new IoU().ofClass(0), guess, truth)).isEqualTo(1);
    assertThat(value(new IoU().ofClass(1), guess, truth)).isZero();
    assertThat(value(new IoU().ofClass(2), guess, truth)).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(value(new IoU(), guess, truth)).isCloseTo(4 / 9.0, EXACTLY);
    assertThat(value(new IoU().micro(), guess, truth)).isCloseTo(2 / 6.0, EXACTLY);
  }

  @Test
  void classesMayLieAlongImages() {
    // Two images of two pixels; the scores of class 1 are the second plane.
    Tensor scores = floats(new double[] {5, 0, 1, 9, 0, 0, 7, 7}, 2, 2, 2);
    Tensor truth = Tensor.of(backend, new long[] {0, 1, 0, -1}, 2, 2);
    assertThat(value(new Accuracy().ignoring(-1), scores, truth)).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(value(new IoU().ignoring(-1), scores, truth)).isEqualTo(0.5);
    assertThat(value(new TopKAccuracy(1).ignoring(-1), scores, truth)).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(value(new Accuracy().ignoring(-1), scores, truth, row(3, 1)))
        .isCloseTo(6 / 7.0, EXACTLY);
  }

  @Test
  void aClassThatIsNeitherThereNorPredictedIsLeftOut() {
    Tensor truth = labels(0, 0, 1);
    Tensor guess = predicting(4, 0, 1, 1);
    assertThat(value(new Recall(), guess, truth)).isEqualTo(0.75);
    assertThat(value(new Recall().ofClass(3), guess, truth)).isNaN();
    // Class 3 is predicted once and never there: it counts, with 0.
    Tensor wild = predicting(4, 0, 3, 1);
    assertThat(value(new Recall(), wild, truth)).isEqualTo(0.5);
    assertThat(value(new Precision(), wild, truth)).isCloseTo(2 / 3.0, EXACTLY);
  }

  @Test
  void yesOrNoQuestions() {
    Tensor logits = row(2, -1, 0.5, -3, 0);
    Tensor truth = row(1, 1, 0, 0, 0);
    assertThat(value(new Accuracy().binary(), logits, truth)).isEqualTo(0.6);
    assertThat(value(new Precision().binary(), logits, truth)).isEqualTo(0.5);
    assertThat(value(new Recall().binary(), logits, truth)).isEqualTo(0.5);
    assertThat(value(new Recall().binary(-2), logits, truth)).isEqualTo(1);
    assertThat(value(new F1Score().binary(), logits, labels(1, 1, 0, 0, 0))).isEqualTo(0.5);
    boolean[] yes = {true, true, false, false, false};
    assertThat(value(new F1Score().binary().macro(), logits, Tensor.of(backend, yes, 5)))
        .isCloseTo((0.5 + 2 / 3.0) / 2, EXACTLY);
    assertThat(value(new Accuracy().binary(), logits, truth, mask(true, false, false, true, true)))
        .isEqualTo(1);
  }

  @Test
  void topClassesOfScikitLearnsExample() {
    Tensor scores =
        floats(new double[] {0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1}, 4, 3);
    Tensor truth = labels(0, 1, 2, 2);
    assertThat(value(new TopKAccuracy(2), scores, truth)).isEqualTo(0.75);
    assertThat(value(new TopKAccuracy(3), scores, truth)).isEqualTo(1);
  }

  @Test
  void tiesAndNanAreDecidedAlikeInTopOneAndAccuracy() {
    Tensor scores =
        floats(
            new double[] {1, 1, 0, 0.0, -0.0, 0.0, 2, Double.NaN, 3, Double.NaN, 0, Double.NaN},
            4,
            3);
    for (long label = 0; label < 3; label++) {
      Tensor truth = labels(label, label, label, label);
      assertThat(value(new TopKAccuracy(1), scores, truth))
          .isEqualTo(value(new Accuracy(), scores, truth));
    }
    assertThat(value(new TopKAccuracy(2), scores, labels(1, 1, 2, 2))).isEqualTo(1);
    assertThat(value(new TopKAccuracy(2), scores, labels(2, 2, 0, 1))).isZero();
  }

  @Test
  void confusionOfScikitLearnsExample() {
    ConfusionMatrix confusion = new ConfusionMatrix();
    assertThat(confusion.classes()).isZero();
    confusion.add(predicting(3, 0, 0, 2), labels(2, 0, 2), null);
    confusion.add(predicting(3, 2, 0, 2), labels(2, 0, 1), null);
    assertThat(confusion.counts()).isDeepEqualTo(new double[][] {{2, 0, 0}, {0, 0, 1}, {1, 0, 2}});
    ConfusionMatrix weighted = new ConfusionMatrix().ignoring(2);
    weighted.add(predicting(3, 0, 1, 2), labels(2, 0, 1), row(5, 0.5, 2));
    assertThat(weighted.counts()).isDeepEqualTo(new double[][] {{0, 0.5, 0}, {0, 0, 2}, {0, 0, 0}});
    ConfusionMatrix questions = new ConfusionMatrix().binary(0.5);
    questions.add(row(0.2, 0.7, 0.6), row(0, 0, 1), null);
    assertThat(questions.counts()).isDeepEqualTo(new double[][] {{1, 1}, {0, 1}});
  }

  @Test
  void perplexity() {
    assertThat(value(new Perplexity(), floats(new double[14], 2, 7), labels(3, 6)))
        .isCloseTo(7, EXACTLY);
    // Probabilities 1/4 and 1/2 of the right tokens: the geometric mean of 4 and 2.
    Tensor logits = floats(new double[] {0, Math.log(3), 0, 0}, 2, 2);
    assertThat(value(new Perplexity(), logits, labels(0, 1))).isCloseTo(Math.sqrt(8), EXACTLY);
    assertThat(value(new Perplexity().ignoring(1), logits, labels(0, 1))).isCloseTo(4, EXACTLY);
    assertThat(value(new Perplexity(), logits, labels(0, 1), row(3, 1)))
        .isCloseTo(Math.pow(128, 0.25), within(1e-13));
  }

  // ---- numbers ----------------------------------------------------------------------------------

  @Test
  void errorsOfScikitLearnsExample() {
    Tensor truth = row(3, -0.5, 2, 7);
    Tensor guess = row(2.5, 0, 2, 8);
    assertThat(value(new MeanAbsoluteError(), guess, truth)).isEqualTo(0.5);
    assertThat(value(new MeanSquaredError(), guess, truth)).isEqualTo(0.375);
    assertThat(value(new MeanSquaredError().root(), guess, truth)).isEqualTo(Math.sqrt(0.375));
    assertThat(value(new R2Score(), guess, truth)).isCloseTo(1 - 1.5 / 29.1875, EXACTLY);
    assertThat(value(new MeanAbsoluteError(), guess, truth, row(0, 0, 1, 3))).isEqualTo(0.75);
    Tensor wild = row(2.5, Double.NaN, 2, Double.POSITIVE_INFINITY);
    assertThat(value(new MeanAbsoluteError(), wild, truth, mask(true, false, true, false)))
        .isEqualTo(0.25);
    assertThat(value(new MeanAbsoluteError(), wild, truth)).isNaN();
  }

  @Test
  void explainedVariance() {
    Tensor truth = floats(new double[] {0.5, 1, -1, 1, 7, -6}, 3, 2);
    Tensor guess = floats(new double[] {0, 2, -1, 2, 8, -5}, 3, 2);
    double first = 1 - 1.25 / (36 + 1 / 6.0);
    double second = 1 - 3 / (32 + 2 / 3.0);
    assertThat(value(new R2Score(), guess, truth)).isCloseTo((first + second) / 2, EXACTLY);
    // In batches, far from 0, and weighted as if samples were there twice.
    Metric.Accumulator sum = new R2Score().start();
    double far = 1e8;
    sum.add(row(far + 1, far + 2), row(far + 2, far + 2), row(2, 1));
    sum.add(row(far + 4), row(far + 5));
    double mean = 11 / 4.0;
    double total = 3 * (2 - mean) * (2 - mean) + (5 - mean) * (5 - mean);
    assertThat(sum.value()).isCloseTo(1 - 3 / total, within(1e-12));
    // A place where the target is constant is left out; so is 0.1 weighted by 0.3.
    Tensor half = floats(new double[] {3, 0.1, -0.5, 0.1, 2, 0.1, 7, 0.1}, 4, 2);
    Tensor halfGuess = floats(new double[] {2.5, 0, 0, 9, 2, 0, 8, 0}, 4, 2);
    assertThat(value(new R2Score(), halfGuess, half)).isCloseTo(1 - 1.5 / 29.1875, EXACTLY);
    assertThat(value(new R2Score(), row(1, 2, 3), row(0.1, 0.1, 0.1), row(0.3, 0.7, 0.1))).isNaN();
    assertThat(value(new R2Score(), row(1), row(2))).isNaN();
  }

  // ---- batches, nothing, names, errors ---------------------------------------------------------

  private static final Metric[] ALL = {
    new Accuracy().ignoring(9),
    new TopKAccuracy(2).ignoring(9),
    new Precision().ignoring(9),
    new Recall().micro().ignoring(9),
    new F1Score().weighted().ignoring(9),
    new IoU().ofClass(1).ignoring(9),
    new Perplexity().ignoring(9),
    new AUROC().ignoring(9),
    new AveragePrecision().ignoring(9),
  };

  @Test
  void batchesGiveWhatTheirUnionGives() {
    Tensor scores = floats(Rng.seeded(1).doubles(36, -1, 1).toArray(), 12, 3);
    Tensor truth = labels(0, 1, 2, 9, 1, 1, 0, 2, 2, 9, 0, 1);
    long before = backend.liveArrays();
    for (Metric metric : ALL) {
      Metric.Accumulator sum = metric.start();
      for (int[] part : new int[][] {{0, 5}, {5, 1}, {6, 6}}) {
        sum.add(scores.narrow(0, part[0], part[1]), truth.narrow(0, part[0], part[1]));
      }
      assertThat(sum.value())
          .as(metric.name())
          .isFinite()
          .isCloseTo(value(metric, scores, truth), EXACTLY);
    }
    // Only what the test itself sliced is left: six parts for each metric.
    assertThat(backend.liveArrays() - before).isEqualTo(6L * ALL.length);
  }

  @Test
  void nothingIsNan() {
    for (Metric metric : ALL) {
      Metric.Accumulator sum = metric.start();
      assertThat(sum.value()).as(metric.name()).isNaN();
      sum.add(predicting(3), labels());
      sum.add(predicting(3, 0, 1), labels(9, 9));
      sum.add(predicting(3, 0, 1), labels(0, 1), mask(false, false));
      assertThat(sum.value()).as(metric.name()).isNaN();
    }
    for (Metric metric :
        new Metric[] {new MeanAbsoluteError(), new MeanSquaredError().root(), new R2Score()}) {
      assertThat(metric.start().value()).as(metric.name()).isNaN();
      assertThat(value(metric, row(), row())).as(metric.name()).isNaN();
      assertThat(value(metric, row(1, 2), row(1, 2), row(0, 0))).as(metric.name()).isNaN();
    }
    assertThat(value(new AUROC(), row(1, Double.NaN, 3), labels(0, 1, 1))).isNaN();
    assertThat(value(new AUROC(), row(1, 2), labels(1, 1))).isNaN();
  }

  @Test
  void namesSayWhatIsMeasured() {
    assertThat(new F1Score().name()).isEqualTo("f1");
    assertThat(new F1Score().micro().name()).isEqualTo("f1_micro");
    assertThat(new F1Score().ofClass(2).name()).isEqualTo("f1_class2");
    assertThat(new F1Score().binary().name()).isEqualTo("f1");
    assertThat(new AUROC().ofClass(1).name()).isEqualTo("auroc_class1");
    assertThat(new TopKAccuracy(5).name()).isEqualTo("top5_accuracy");
    assertThat(new MeanSquaredError().root().name()).isEqualTo("rmse");
    Metric renamed = new Perplexity().named("bits");
    assertThat(renamed.name()).isEqualTo("bits");
    assertThat(renamed.higherIsBetter()).isFalse();
    assertThat(new Accuracy().higherIsBetter()).isTrue();
  }

  @Test
  void errorsNameTheMetricAndTheWayOut() {
    Tensor scores = predicting(3, 0, 1);
    assertThatThrownBy(() -> value(new Accuracy(), scores, labels(0, -100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "accuracy: label -100 is not from 0 to 2; "
                + "leave it out with ignoring(-100) or a weight of 0");
    assertThatThrownBy(() -> value(new F1Score(), scores, labels(0, 1, 2)))
        .hasMessage(
            "f1: takes scores [N, C, ...] with int64 labels [N, ...] "
                + "(outputs float64 [2, 3], targets int64 [3])");
    assertThatThrownBy(() -> value(new MeanAbsoluteError(), row(1, 2), row(1)))
        .hasMessage("mae: shapes differ; reshape one (outputs float64 [2], targets float64 [1])");
    assertThatThrownBy(() -> value(new Accuracy(), scores, labels(0, 1), row(1, 2, 3)))
        .hasMessage(
            "accuracy: weights must have the first extents of the targets, one a sample or one a "
                + "target (targets [2], weights [3])");
    assertThatThrownBy(() -> value(new TopKAccuracy(5), scores, labels(0, 1)))
        .hasMessageStartingWith("top5_accuracy: there are only 3 classes");
    assertThatThrownBy(() -> value(new AUROC(), row(1, 2), row(0, 0.5)))
        .hasMessage("auroc: targets must be 0 or 1, one is 0.5; leave it out with a weight of 0");
    assertThatThrownBy(() -> value(new AUROC().ofClass(3), scores, labels(0, 1)))
        .hasMessageStartingWith("auroc_class3: there is no such class");
    assertThatThrownBy(() -> value(new IoU().ofClass(3), scores, labels(0, 1)))
        .hasMessage("iou_class3: no class 3 of 3");
    assertThatThrownBy(() -> value(new Accuracy().binary().ignoring(0), row(1), row(1)))
        .hasMessage(
            "accuracy: only int64 labels can be ignored, targets are float64 [1]; "
                + "give weights of 0 instead");
    assertThatThrownBy(() -> new TopKAccuracy(0)).hasMessageContaining("at least 1, is 0");
  }
}
