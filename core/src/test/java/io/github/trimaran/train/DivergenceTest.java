package io.github.trimaran.train;

import static io.github.trimaran.train.FixedBatches.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training does when losses or weights are no numbers: it says why, and saves none of it. */
class DivergenceTest {

  @TempDir Path folder;

  private final Sequential model = new Sequential(new Linear(2, 2));

  private Trainer.Builder training(LearningRate rate) {
    model.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(3));
    return Trainer.builder(model, new Sgd(model.parameters(), rate));
  }

  private static Batch batch(float value) {
    return Batch.of(
        HostArray.of(new float[] {0, 0, 0, 100, 100, value, 100, 100}, Shape.of(4, 2)),
        HostArray.of(new long[] {0, 1, 1, 0}, Shape.of(4)));
  }

  @Test
  void dataThatAreNoNumbersAreNamed() {
    Trainer trainer = training(LearningRate.constant(0.1)).build();
    StateDict before = model.stateDict();
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> trainer.fit(always(batch(wrong), 2), 1))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "training: the loss is NaN at step 1, for 'input' of the batch holds "
                  + wrong
                  + " at [2, 1], in sample 2 of 0 to 3; clean the data");
    }
    assertThat(model.stateDict()).as("weights are not made NaN too").isEqualTo(before);
  }

  @Test
  void dataAreNamedAmongAccumulatedBatchesToo() {
    Trainer trainer = training(LearningRate.constant(0.1)).accumulate(2).build();
    StateDict before = model.stateDict();
    assertThatThrownBy(() -> trainer.fit(always(batch(Float.NaN), 2), 1))
        .hasMessageContaining("'input' of the batch holds NaN");
    assertThat(model.stateDict()).isEqualTo(before);
  }

  @Test
  void weightsThatAreNoNumbersBeforeTrainingAreNamed() {
    Trainer trainer = training(LearningRate.constant(0.1)).build();
    Tensor bias = model.parameters().get(1).tensor();
    bias.assign(Tensor.of(bias.backend(), new float[] {0, Float.NaN}, 2));
    assertThatThrownBy(() -> trainer.fit(always(batch(0), 2), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "training: the loss is NaN at the first step, for '0.bias' of the model holds NaN"
                + " at [1] already; initialise it, or load other weights");
  }

  @Test
  void whatTheLastStepOfAnEpochRuinsIsNotSaved() {
    Path file = folder.resolve("run.safetensors");
    // Gradients are above 10, so their product with the rate is above the largest float.
    Trainer trainer = training(step -> step < 1 ? 0.1 : 3e38).checkpoint(file).build();
    assertThatThrownBy(() -> trainer.fit(always(batch(0), 2), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training: '0\\.(weight|bias)' of the model holds -?(Infinity|NaN) at \\[\\d(, \\d)?\\] after step 2 with"
                + " learning rate 3.0E38; try a smaller rate, warm-up or gradient clipping");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatWasSavedBeforeAndTheBestWeightsStay() throws IOException {
    Path file = folder.resolve("run.safetensors");
    StateDict[] best = new StateDict[1];
    Trainer trainer =
        training(step -> step < 5 ? 0.1 : 3e38)
            .checkpoint(file)
            .validation(always(batch(0), 1))
            .keepBest()
            .listener(
                new Listener() {
                  @Override
                  public void onEpoch(EpochRecord epoch, History history) {
                    if (history.bestEpoch() == epoch.epoch()) {
                      best[0] = model.stateDict();
                    }
                  }
                })
            .build();
    assertThatThrownBy(() -> trainer.fit(always(batch(0), 2), 4))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("after step ")
        .hasMessageMatching(".*; the model has the values of epoch \\d, its best validation");
    assertThat(model.stateDict()).isEqualTo(best[0]);
    assertThat(Files.exists(file)).isTrue();
    StateDict saved = Checkpoint.read(file).model();
    assertThat(saved.get("0.weight").toDoubles())
        .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    Trainer again =
        Trainer.builder(model, new Sgd(model.parameters(), LearningRate.constant(0.1))).build();
    again.resume(file);
    assertThat(model.stateDict()).isEqualTo(saved);
  }

  @Test
  void anOptimiserOfAnotherModelIsRefused() {
    model.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(3));
    Linear other = new Linear(2, 1);
    other.init(model.backend(), model.dtype(), Rng.seeded(1));
    Trainer trainer =
        Trainer.builder(model, new Sgd(other.parameters(), LearningRate.constant(0.1))).build();
    assertThatThrownBy(() -> trainer.fit(always(batch(0), 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "training: the optimiser has no parameter of the model; make it of the parameters() of"
                + " the model that is trained");
  }

  @Test
  void aModelThatIsFrozenAllOverIsNotTrained() {
    Trainer trainer = training(LearningRate.constant(0.1)).build();
    model.freeze();
    assertThatThrownBy(() -> trainer.fit(always(batch(0), 2), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "training: all parameters of the optimiser are frozen; unfreeze() what is to be trained");
  }
}
