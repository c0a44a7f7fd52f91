package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Lambda;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardestExamplesTest {

  private static final NaiveBackend BACKEND = new NaiveBackend();

  @TempDir Path folder;

  /** y = w x, w first 0. */
  private static Sequential line() {
    Sequential line =
        new Sequential(new Linear(1, 1).withoutBias().weightInit(Initializers.zeros()));
    line.init(BACKEND, DType.FLOAT64, Rng.seeded(1));
    return line;
  }

  private static Batch batch(float... targets) {
    float[] ones = new float[targets.length];
    Arrays.fill(ones, 1);
    return Batch.of(
        HostArray.of(ones, Shape.of(targets.length, 1)),
        HostArray.of(targets, Shape.of(targets.length, 1)));
  }

  @Test
  void theModelLearnsFromTheHighestLossesOfTheProxy() throws IOException {
    Sequential model = line();
    Sequential proxy = line();
    Sgd learning = new Sgd(proxy.parameters(), 0.25);
    HardestExamples hardest =
        new HardestExamples(proxy, learning, new Supervised(new MSELoss()))
            .share(0.5)
            .proxyEvery(2);
    // Step 1: the proxy is 0, its losses are 1, 16, 0, 4, 9: the hardest three are 4, 2 and 3. It
    // learns from all five: its gradient is -2 mean(1, 4, 0, 2, 3) = -4, so it becomes 1.
    // Step 2: losses 0, 1, 16 of the targets 1, 2, -3: the hardest two are 2 and -3. It learns not.
    Trainer.builder(model, new Sgd(model.parameters(), 0.5), hardest)
        .quiet()
        .build()
        .fit(new FixedBatches(List.of(batch(1, 4, 0, 2, 3), batch(1, 2, -3))), 1);
    // The model: 0 + 0.5 * 2 mean(4, 2, 3) = 3; then 3 + 0.5 * 2 * mean(2 - 3, -3 - 3) = -0.5.
    assertThat(model.stateDict().get("0.weight").toDoubles()).containsExactly(-0.5);
    assertThat(proxy.stateDict().get("0.weight").toDoubles()).containsExactly(1);
    assertThat(learning.steps()).isEqualTo(1);
  }

  @Test
  void evaluationSeesEverySample() {
    Sequential model = line();
    List<Integer> sizes = new ArrayList<>();
    Sequential counting =
        new Sequential(
            new Lambda(
                x -> {
                  sizes.add(x.shape().dim(0));
                  return x;
                }));
    counting.init(BACKEND, DType.FLOAT64, Rng.seeded(1));
    HardestExamples hardest =
        new HardestExamples(model, new Sgd(model.parameters(), 0.1), new Supervised(new MSELoss()));
    Evaluation evaluation =
        new Evaluator<>(hardest).evaluate(counting, new FixedBatches(List.of(batch(1, 4, 0))));
    assertThat(sizes).containsExactly(3);
    assertThat(evaluation.samples()).isEqualTo(3);
  }

  @Test
  void shareOfOneIsTrainingWithout() throws IOException {
    StateDict without = trained(new Supervised(new CrossEntropyLoss()), null, 3);
    assertThat(trained(hardest().share(1), null, 3).arrays()).isEqualTo(without.arrays());
    assertThat(trained(hardest(), null, 3).arrays()).isNotEqualTo(without.arrays());
  }

  @Test
  void goesOnBitForBitFromACheckpoint() throws IOException {
    StateDict whole = trained(hardest().proxyEvery(3), folder.resolve("whole"), 4);
    trained(hardest().proxyEvery(3), folder.resolve("part"), 2);
    Sequential model = classifier(5);
    Trainer trainer =
        Trainer.builder(model, new Adam(model.parameters(), 0.05), hardest().proxyEvery(3))
            .quiet()
            .build();
    trainer.resume(folder.resolve("part"));
    trainer.fit(new ToyBatches(5, 8, 50), 4);
    assertThat(model.stateDict().arrays()).isEqualTo(whole.arrays());
  }

  @Test
  void aCheckpointWithoutItsProxyIsRefused() throws IOException {
    trained(new Supervised(new CrossEntropyLoss()), folder.resolve("plain"), 1);
    Sequential model = classifier(5);
    Trainer trainer =
        Trainer.builder(model, new Adam(model.parameters(), 0.05), hardest()).quiet().build();
    assertThatThrownBy(() -> trainer.resume(folder.resolve("plain")))
        .hasMessageContaining("was trained with no objective, this training has HardestExamples");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> hardest().share(0)).hasMessageContaining("share");
    assertThatThrownBy(() -> hardest().share(1.5)).hasMessageContaining("share");
    assertThatThrownBy(() -> hardest().proxyEvery(0)).hasMessageContaining("every 1 or more");
    Sequential model = line();
    HardestExamples opaque =
        new HardestExamples(
            line(),
            new Sgd(line().parameters(), 1),
            new Supervised((outputs, targets) -> outputs.sub(targets).sum()));
    assertThatThrownBy(
            () ->
                Trainer.builder(model, new Sgd(model.parameters(), 1), opaque)
                    .quiet()
                    .build()
                    .fit(new FixedBatches(List.of(batch(1))), 1))
        .hasMessageContaining("extend Loss");
  }

  private static Sequential classifier(long seed) {
    Sequential model = new Sequential(new Flatten(), new Linear(16, 4));
    model.init(BACKEND, DType.FLOAT32, Rng.seeded(seed));
    return model;
  }

  private static HardestExamples hardest() {
    Sequential proxy = classifier(9);
    return new HardestExamples(
        proxy, new Adam(proxy.parameters(), 0.01), new Supervised(new CrossEntropyLoss()));
  }

  private static StateDict trained(
      Objective<? super Sequential> objective, Path checkpoint, int epochs) throws IOException {
    Sequential model = classifier(5);
    Trainer.Builder trainer =
        Trainer.builder(model, new Adam(model.parameters(), 0.05), objective).quiet();
    if (checkpoint != null) {
      trainer.checkpoint(checkpoint);
    }
    trainer.build().fit(new ToyBatches(5, 8, 50), epochs);
    return model.stateDict();
  }
}
