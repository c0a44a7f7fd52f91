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
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training of a model with several inputs and outputs, masks and no labels. */
class ObjectiveTest {

  private final NaiveBackend backend = new NaiveBackend();

  /** Two maps of two inputs: gives both, and their products. */
  private static final class TwoTowers extends Model {

    record Towers(Tensor product, Tensor left, Tensor right) implements Model.Outputs {
      @Override
      public List<Tensor> tensors() {
        return List.of(product, left, right);
      }
    }

    private final Linear left = child("left", new Linear(2, 3));
    private final Linear right = child("right", new Linear(1, 3));

    Towers forward(Tensor a, Tensor b, Mode mode) {
      return run(
          mode,
          () -> {
            Tensor l = left.forward(a, mode);
            Tensor r = right.forward(b, mode);
            return new Towers(l.mul(r).sum(1), l, r);
          });
    }
  }

  /** The mean square of the products that are not masked out: no labels. */
  private static final Objective<TwoTowers> SMALL_PRODUCTS =
      (model, batch, mode) -> {
        Tensor product = model.forward(batch.get("a"), batch.get("b"), mode).product();
        Tensor mask = batch.get("mask");
        double count = mask.sum().item();
        return Outcome.of(product.mul(product).mul(mask).sum().mul(1 / count)).over(count);
      };

  private static Batch batch(float... mask) {
    int size = mask.length;
    float[] a = new float[2 * size];
    float[] b = new float[size];
    for (int i = 0; i < size; i++) {
      a[2 * i] = i + 1;
      a[2 * i + 1] = -i;
      b[i] = 0.5f * i - 1;
    }
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("a", HostArray.of(a, Shape.of(size, 2)));
    arrays.put("b", HostArray.of(b, Shape.of(size, 1)));
    arrays.put("mask", HostArray.of(mask, Shape.of(size)));
    return Batch.of(size, arrays);
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

  private TwoTowers model() {
    TwoTowers model = new TwoTowers();
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  private static Trainer trainer(TwoTowers model, Path checkpoint) {
    Sgd sgd = new Sgd(model.parameters(), LearningRate.constant(0.01)).momentum(0.9);
    return Trainer.builder(model, sgd, SMALL_PRODUCTS)
        .validation(of(batch(1, 1), batch(1)))
        .keepBest()
        .checkpoint(checkpoint)
        .build();
  }

  @Test
  void severalInputsAndAMaskTrainWithoutLabels(@TempDir Path folder) throws IOException {
    TwoTowers model = model();
    BatchSource batches = of(batch(1, 0, 1), batch(0, 1, 1, 1));
    History history = trainer(model, folder.resolve("a.st")).fit(batches, 30);
    assertThat(history.last().loss()).isLessThan(0.1 * history.epochs().get(0).loss());
    assertThat(history.last().accuracy()).isNaN();
    assertThat(history.bestEpoch()).isPositive();
  }

  @Test
  void batchesWeighByWhatTheirLossIsTheMeanOf() {
    TwoTowers model = model();
    Batch first = batch(1, 1, 0);
    Batch second = batch(0, 0, 0, 1);
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      TensorBatch tensors = new TensorBatch(i == 0 ? first : second, model);
      losses[i] = SMALL_PRODUCTS.of(model, tensors, Mode.EVAL).loss().item();
    }
    Evaluation found = new Evaluator<>(SMALL_PRODUCTS).evaluate(model, of(first, second));
    assertThat(found.loss()).isCloseTo((2 * losses[0] + losses[1]) / 3, within(1e-15));
    assertThat(found.samples()).isEqualTo(7);
    assertThat(found.isClassification()).isFalse();
  }

  @Test
  void resumedTrainingIsTheSameBitForBit(@TempDir Path folder) throws IOException {
    BatchSource batches = of(batch(1, 0, 1), batch(0, 1, 1, 1));
    TwoTowers whole = model();
    trainer(whole, folder.resolve("whole.st")).fit(batches, 4);
    TwoTowers half = model();
    trainer(half, folder.resolve("half.st")).fit(batches, 2);
    TwoTowers rest = new TwoTowers();
    rest.init(backend, DType.FLOAT64, Rng.seeded(4));
    Trainer resumed = trainer(rest, folder.resolve("rest.st"));
    resumed.resume(folder.resolve("half.st"));
    resumed.fit(batches, 4);
    assertThat(rest.stateDict()).isEqualTo(whole.stateDict());
  }

  @Test
  void partsAndTheirOutputsAreObserved() {
    List<String> seen = new ArrayList<>();
    Mode mode =
        Mode.EVAL.observedBy(
            (path, part, outputs) -> seen.add(path + " " + part.kind() + " " + outputs.size()));
    TwoTowers model = model();
    TensorBatch batch = new TensorBatch(batch(1, 1), model);
    model.forward(batch.get("a"), batch.get("b"), mode);
    assertThat(seen)
        .containsExactly(
            "TwoTowers/left Linear 1", "TwoTowers/right Linear 1", "TwoTowers TwoTowers 3");
  }

  @Test
  void errorsSayWhereAndWhat() {
    TwoTowers model = model();
    TensorBatch batch = new TensorBatch(batch(1, 1), model);
    assertThatThrownBy(() -> model.forward(batch.get("b"), batch.get("a"), Mode.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in TwoTowers/left");
    assertThatThrownBy(() -> batch.get("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch: no 'c'; there are [a, b, mask]");
    assertThatThrownBy(() -> Outcome.of(batch.get("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be one number, its shape is [2, 2]");
  }
}
