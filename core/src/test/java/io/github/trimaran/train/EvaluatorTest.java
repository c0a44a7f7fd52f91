package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.Accuracy;
import io.github.trimaran.train.metrics.F1Score;
import io.github.trimaran.train.metrics.Recall;
import io.github.trimaran.train.metrics.TopKAccuracy;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private final NaiveBackend backend = new NaiveBackend();

  /** Scores are the inputs. */
  private Linear identity() {
    Linear layer =
        new Linear(3, 3)
            .weightInit((shape, rng) -> new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1})
            .biasInit(Initializers.zeros());
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    return layer;
  }

  private static BatchSource of(Batch... batches) {
    return new BatchSource() {
      @Override
      public int perEpoch() {
        return batches.length;
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int first) {
        return List.of(batches).subList(first, batches.length);
      }
    };
  }

  private static Batch batch(float[] scores, long... labels) {
    return Batch.of(
        HostArray.of(scores, Shape.of(labels.length, 3)),
        HostArray.of(labels, Shape.of(labels.length)));
  }

  @Test
  void countsByClassOverBatchesOfAnySize() {
    Evaluation evaluation =
        Evaluator.plain()
            .evaluate(
                identity(),
                of(
                    batch(new float[] {9, 0, 0, 0, 9, 0, 0, 9, 0}, 0, 1, 0),
                    batch(new float[] {0, 0, 0}, 1)));
    assertThat(evaluation.confusion())
        .isDeepEqualTo(new long[][] {{1, 1, 0}, {1, 1, 0}, {0, 0, 0}});
    assertThat(evaluation.samples()).isEqualTo(4);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.perClassAccuracy()).containsExactly(0.5, 0.5, Double.NaN);
    double small = Math.log(1 + 2 * Math.exp(-9));
    assertThat(evaluation.loss())
        .isCloseTo((2 * small + 9 + small + Math.log(3)) / 4, within(1e-12));
  }

  @Test
  void metricsAreMeasuredOverAllBatches() {
    BatchSource source =
        of(
            batch(new float[] {9, 0, 0, 0, 9, 0, 0, 9, 0}, 0, 1, 0),
            batch(new float[] {0, 2, 1}, 2));
    Evaluation found =
        Evaluator.plain()
            .metrics(new F1Score(), new TopKAccuracy(2), new Recall().ofClass(0).named("zeros"))
            .evaluate(identity(), source);
    assertThat(found.metrics()).containsOnlyKeys("f1", "top2_accuracy", "zeros");
    // F1 of classes 0 to 2: 2/3, 2/4 and 0. The class of each sample is among its top two.
    assertThat(found.metric("f1")).isCloseTo((2 / 3.0 + 0.5) / 3, within(1e-15));
    assertThat(found.metric("top2_accuracy")).isEqualTo(1);
    assertThat(found.metric("zeros")).isEqualTo(0.5);
    assertThat(found.toString())
        .contains("accuracy 0.5")
        .contains("zeros 0.5")
        .contains("4 samples");
    assertThatThrownBy(() -> found.metric("f2"))
        .hasMessage("evaluation: no metric 'f2'; there are [f1, top2_accuracy, zeros]");
    assertThatThrownBy(() -> Evaluator.plain().metrics(new Accuracy()))
        .hasMessageContaining("'accuracy' is there already; call it otherwise by named(");
    Objective<Layer> lossOnly =
        (model, batch, mode) -> Outcome.of(model.forward(batch.input()).mean());
    assertThatThrownBy(
            () -> new Evaluator<>(lossOnly).metrics(new F1Score()).evaluate(identity(), source))
        .hasMessageContaining("gives no outputs and targets to measure [f1] of");
  }

  @Test
  void whatIsIgnoredCountsNowhere() {
    BatchSource source =
        of(
            batch(new float[] {9, 0, 0, 0, 9, 0, 0, 9, 0}, 0, -100, -100),
            batch(new float[] {1, 2, 3}, -100),
            batch(new float[] {0, 0, 0, 9, 0, 0}, 1, 1));
    Supervised objective = new Supervised(new CrossEntropyLoss().ignoring(-100));
    Evaluation found =
        new Evaluator<>(objective)
            .metrics(new Recall().ignoring(-100))
            .evaluate(identity(), source);
    double small = Math.log(1 + 2 * Math.exp(-9));
    assertThat(found.loss()).isCloseTo((small + Math.log(3) + 9 + small) / 3, within(1e-12));
    assertThat(found.accuracy()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(found.confusion()).isDeepEqualTo(new long[][] {{1, 0, 0}, {2, 0, 0}, {0, 0, 0}});
    assertThat(found.metric("recall")).isEqualTo(0.5);
  }

  @Test
  void weightsOfABatchCountInLossAndMetrics() {
    BatchSource source =
        of(
            batch(new float[] {9, 0, 0, 0, 9, 0, 0, 9, 0}, 0, 1, 0)
                .with(Batch.WEIGHTS, HostArray.of(new float[] {1, 0, 3}, Shape.of(3))),
            batch(new float[] {0, 0, 0}, 1)
                .with(Batch.WEIGHTS, HostArray.of(new float[] {2}, Shape.of(1))));
    Evaluation found = Evaluator.plain().metrics(new Recall()).evaluate(identity(), source);
    double small = Math.log(1 + 2 * Math.exp(-9));
    assertThat(found.loss())
        .isCloseTo((small + 3 * (9 + small) + 2 * Math.log(3)) / 6, within(1e-12));
    assertThat(found.accuracy()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(found.metric("recall")).isEqualTo(0.125);
    Supervised unweighted = new Supervised((outputs, targets) -> outputs.mean());
    assertThatThrownBy(() -> new Evaluator<>(unweighted).evaluate(identity(), source))
        .hasMessageContaining("the batch has weights, which a LossFunction does not take");
  }

  @Test
  void manyClassesAreCountedWithoutATable() {
    int classes = 50_000;
    Layer same =
        new Layer() {
          @Override
          protected Tensor compute(Tensor x, Mode mode) {
            return x;
          }
        };
    same.init(backend, DType.FLOAT32, Rng.seeded(1));
    float[] scores = new float[2 * classes];
    scores[49_999] = 1;
    Batch batch =
        Batch.of(
            HostArray.of(scores, Shape.of(2, classes)),
            HostArray.of(new long[] {49_999, 7}, Shape.of(2)));
    Evaluation found = Evaluator.plain().evaluate(same, of(batch));
    assertThat(found.accuracy()).isEqualTo(0.5);
    assertThat(found.classes()).isEqualTo(classes);
    assertThat(found.confusion()).isEmpty();
    assertThat(found.perClassAccuracy()).isEmpty();
  }

  @Test
  void leavesNothingBehind() {
    Linear model = identity();
    long before = backend.liveArrays();
    Evaluator.plain().evaluate(model, of(batch(new float[] {9, 0, 0}, 0)));
    assertThat(backend.liveArrays()).isEqualTo(before);
  }

  /** The score of the one class is the value at the top left. */
  private static final class TopLeft extends Layer {
    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      return x.select(3, 0).select(2, 0);
    }
  }

  @Test
  void viewsAreAveraged() {
    Tensor image =
        Tensor.of(backend, new double[] {1, 2, 3, 40, 50, 60, 700, 800, 900}, 1, 1, 3, 3);
    Layer model = new TopLeft();
    assertThat(Scoring.PLAIN.scores(model, image).item()).isEqualTo(1);
    assertThat(Scoring.MIRRORED.scores(model, image).item()).isEqualTo((1 + 3) / 2.0);
    // Moved down and right by one, the reflected corner is 50, and 50 from the other side too;
    // moved up and left, the corners are 50 and, mirrored, 50.
    assertThat(Scoring.MIRRORED_AND_MOVED.scores(model, image).item())
        .isEqualTo(0.5 * 2 + 0.25 * 50 + 0.25 * 50);
  }
}
