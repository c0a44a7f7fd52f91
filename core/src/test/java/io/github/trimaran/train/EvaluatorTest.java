package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
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
