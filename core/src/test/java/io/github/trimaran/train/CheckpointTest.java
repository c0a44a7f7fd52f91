package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Ema;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.optim.WeightAverage;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.metrics.Recall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  @TempDir Path folder;

  /** Within an epoch, at its end, in the first and the last. */
  @ParameterizedTest
  @ValueSource(longs = {1, 7, 10, 20})
  void trainingGoesOnBitForBit(long stop) throws IOException {
    Run whole = new Run();
    StateDict expected = whole.fit(3);
    Path file = folder.resolve("run.safetensors");

    Run first = new Run().checkpoint(file).stopAfter(stop);
    first.fit(3);
    assertThat(first.history().isInterrupted()).isTrue();
    assertThat(first.history().losses()).hasSize((int) stop);

    Run second = new Run().resume(file);
    assertThat(second.fit(3)).isEqualTo(expected);
    assertThat(second.history().losses()).isEqualTo(whole.history().losses());
    assertThat(second.history().isInterrupted()).isFalse();
    assertThat(second.history().bestEpoch()).isEqualTo(whole.history().bestEpoch());
    assertThat(withoutTimes(second.history())).isEqualTo(withoutTimes(whole.history()));
  }

  /** Of 7 batches an epoch, steps of 3, 3 and 1: it stops and saves between steps only. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5})
  void accumulationGoesOnBitForBit(long stop) throws IOException {
    Run whole = new Run().accumulate(3);
    StateDict expected = whole.fit(3);
    assertThat(whole.history().losses()).hasSize(9);
    Path file = folder.resolve("run.safetensors");
    Run first = new Run().accumulate(3).checkpoint(file).stopAfter(stop);
    first.fit(3);
    assertThat(first.history().losses()).hasSize((int) stop);
    Run second = new Run().accumulate(3).resume(file);
    assertThat(second.fit(3)).isEqualTo(expected);
    assertThat(second.history().losses()).isEqualTo(whole.history().losses());
  }

  private static List<EpochRecord> withoutTimes(History history) {
    return history.epochs().stream()
        .map(
            e ->
                new EpochRecord(
                    e.epoch(),
                    e.steps(),
                    e.loss(),
                    e.accuracy(),
                    e.validationLoss(),
                    e.validationAccuracy(),
                    e.metrics(),
                    e.learningRate(),
                    0,
                    0))
        .toList();
  }

  @Test
  void theSeedIsPartOfTheCheckpoint() throws IOException {
    Path file = folder.resolve("run.safetensors");
    new Run(1).checkpoint(file).stopAfter(5).fit(2);
    assertThat(new Run(2).resume(file).fit(2)).isEqualTo(new Run(1).fit(2));
  }

  @Test
  void aCheckpointIsWrittenEveryFewSteps() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Run run = new Run();
    run.settings.checkpoint(file, 3);
    run.settings.listener(
        new Listener() {
          @Override
          public void onStep(StepRecord step) {
            if (step.step() == 5) {
              throw new IllegalStateException("power cut");
            }
          }
        });
    assertThatThrownBy(() -> run.fit(3)).hasMessage("power cut");
    assertThat(new Run().resume(file).fit(3)).isEqualTo(new Run().fit(3));
  }

  @Test
  void itHoldsTheModelAndTheNotes() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Run run = new Run().checkpoint(file).stopAfter(4);
    run.settings.metadata(Map.of("network", "toy"));
    StateDict model = run.fit(1);
    Checkpoint checkpoint = Checkpoint.read(file);
    assertThat(checkpoint.model()).isEqualTo(model);
    assertThat(checkpoint.metadata()).containsExactly(Map.entry("network", "toy"));
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path file = folder.resolve("run.safetensors");
    new Run().checkpoint(file).stopAfter(4).fit(1);
    assertThatThrownBy(() -> new Run(1, 5).resume(file).fit(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("7 batches an epoch, there are 5");
    Run otherJudge = new Run();
    otherJudge.settings.judgedBy(new Recall());
    assertThatThrownBy(() -> otherJudge.resume(file).fit(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has the best by 'f1', this training takes it by 'recall'");

    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, new Run().model.stateDict());
    assertThatThrownBy(() -> new Run().resume(weights))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("weights.safetensors")
        .hasMessageContaining("no state of training");
  }

  /** A network whose second layer alone is what an optimiser of part of it trains. */
  private static Sequential network(long seed) {
    Sequential network = new Sequential(new Flatten(), new Linear(16, 8), new Linear(8, 4));
    network.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(seed));
    return network;
  }

  private Path checkpointOf(Sequential network, Optimizer optimizer, WeightAverage average)
      throws IOException {
    Path file = folder.resolve("run.safetensors");
    Trainer.Builder trainer = Trainer.builder(network, optimizer).checkpoint(file);
    if (average != null) {
      trainer.average(average);
    }
    trainer.build().fit(new ToyBatches(2, 6, 50), 1);
    return file;
  }

  private static void assertResumeChangesNothing(
      Sequential network, Optimizer optimizer, WeightAverage average, Path file, String message) {
    Trainer.Builder settings = Trainer.builder(network, optimizer);
    if (average != null) {
      settings.average(average);
    }
    Trainer trainer = settings.build();
    StateDict weights = network.stateDict();
    StateDict state = optimizer.state();
    StateDict averaged = average == null ? null : average.state();
    assertThatThrownBy(() -> trainer.resume(file))
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .message()
        .containsIgnoringCase("nothing was changed");
    assertThat(network.stateDict()).isEqualTo(weights);
    assertThat(optimizer.state()).isEqualTo(state);
    assertThat(average == null ? null : average.state()).isEqualTo(averaged);
    assertThat(trainer.progress().step).isZero();
  }

  @Test
  void aResumeThatFailsSaysWhyAndChangesNothing() throws IOException {
    Sequential trained = network(1);
    LearningRate rate = LearningRate.constant(0.01);
    Path file = checkpointOf(trained, new Adam(trained.parameters(), rate), new Ema(trained, 0.9));

    Sequential other = network(2);
    assertResumeChangesNothing(
        other,
        new Sgd(other.parameters(), rate),
        new Ema(other, 0.9),
        file,
        "was trained with the optimizer Adam, this training has Sgd");
    assertResumeChangesNothing(
        other,
        new Adam(other.parameters(), rate),
        null,
        file,
        "was trained with the average Ema, this training has none");
    assertResumeChangesNothing(
        other,
        new Adam(other.parameters().subList(2, 4), rate),
        new Ema(other, 0.9),
        file,
        "does not fit Adam: 6 unexpected: ");
    Sequential smaller = new Sequential(new Flatten(), new Linear(16, 4));
    smaller.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(2));
    assertResumeChangesNothing(
        smaller,
        new Adam(smaller.parameters(), rate),
        new Ema(smaller, 0.9),
        file,
        "does not fit Sequential: 2 unexpected: 2.weight [4, 8], 2.bias [4]; 2 of another shape: 1.weight expects [4, 16], is [8, 16], 1.bias");
  }

  @Test
  void aResumeThatFailsLeavesATrainingUnderWayAsItWas() throws IOException {
    Sequential trained = network(1);
    LearningRate rate = LearningRate.constant(0.01);
    Path file = checkpointOf(trained, new Adam(trained.parameters(), rate), null);
    Sequential other = network(2);
    Adam adam = new Adam(other.parameters().subList(2, 4), rate);
    Trainer trainer = Trainer.builder(other, adam).build();
    trainer.fit(new ToyBatches(2, 6, 50), 1);
    StateDict weights = other.stateDict();
    StateDict state = adam.state();
    assertThatThrownBy(() -> trainer.resume(file)).hasMessageContaining("nothing was changed");
    assertThat(other.stateDict()).isEqualTo(weights);
    assertThat(adam.state()).isEqualTo(state);
    trainer.fit(new ToyBatches(2, 6, 50), 2);
    assertThat(trainer.progress().step).isEqualTo(4);
  }

  @Test
  void theTableOfEpochsIsWhole() throws IOException {
    Path table = folder.resolve("history.csv");
    Path file = folder.resolve("run.safetensors");
    new Run().checkpoint(file).stopAfter(10).fit(3);
    Run second = new Run();
    second.settings.listener(new CsvListener(table));
    second.resume(file).fit(3);
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("epoch,steps,loss,accuracy,validation_loss");
    assertThat(lines.get(1)).startsWith("1,7,");
    assertThat(lines.get(3)).startsWith("3,21,");
    assertThat(lines.get(0)).endsWith(",validation_top2_accuracy,validation_f1");
    assertThat(lines.get(3).split(",", -1)).hasSize(11).doesNotContain("");
    EpochRecord last = second.history().last();
    assertThat(last.metrics()).containsOnlyKeys("top2_accuracy", "f1");
    assertThat(lines.get(3)).endsWith("," + last.metrics().get("f1"));
  }

  @Test
  void aListenerMayStopTraining() throws IOException {
    Path file = folder.resolve("run.st");
    StateDict whole = new Run().fit(3);
    Run stopped = new Run().checkpoint(file);
    stopped.settings.listener(
        new Listener() {
          private boolean enough;

          @Override
          public void onStep(StepRecord step) {
            enough = step.step() == 9;
          }

          @Override
          public boolean wantsToStop() {
            return enough;
          }
        });
    stopped.fit(3);
    assertThat(stopped.history().isInterrupted()).isTrue();
    assertThat(stopped.history().losses()).hasSize(9);
    assertThat(new Run().resume(file).fit(3)).isEqualTo(whole);
  }
}
