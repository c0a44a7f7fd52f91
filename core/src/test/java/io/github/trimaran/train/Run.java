package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.Ema;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.ReduceOnPlateau;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.metrics.F1Score;
import io.github.trimaran.train.metrics.TopKAccuracy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Training with everything that has a state: batch norm, dropout, Adam, a schedule, a rate that
 * falls on a plateau, an average.
 */
final class Run {

  final Sequential model =
      new Sequential(
          new Conv2d(1, 3, 3),
          new BatchNorm2d(3),
          new ReLU(),
          new Flatten(),
          new Dropout(0.3),
          new Linear(12, 4));
  final Trainer.Builder settings;
  final int batchesPerEpoch;
  Trainer trainer;

  Run() {
    this(1);
  }

  Run(long seed) {
    this(seed, 7);
  }

  Run(long seed, int batchesPerEpoch) {
    this.batchesPerEpoch = batchesPerEpoch;
    model.init(new NaiveBackend(), DType.FLOAT32, Rng.seeded(5));
    ReduceOnPlateau plateau = new ReduceOnPlateau(1).factor(0.5).patience(0).threshold(0.5);
    LearningRate cycle = LearningRate.oneCycle(0.05, 21);
    LearningRate rate = step -> cycle.at(step) * plateau.at(step);
    settings =
        Trainer.builder(model, new AdamW(model.parameters(), rate))
            .average(new Ema(model, 0.9))
            .rng(Rng.seeded(seed))
            .validation(new ToyBatches(2, 8, 100))
            .plateau(plateau)
            .metrics(new TopKAccuracy(2))
            .judgedBy(new F1Score())
            .keepBest();
  }

  Run accumulate(int batches) {
    settings.accumulate(batches);
    return this;
  }

  Run checkpoint(Path file) {
    settings.checkpoint(file);
    return this;
  }

  /** Asks to stop after that step. */
  Run stopAfter(long step) {
    settings.listener(
        new Listener() {
          @Override
          public void onStep(StepRecord record) {
            if (record.step() == step) {
              trainer.requestStop();
            }
          }
        });
    return this;
  }

  Run resume(Path file) throws IOException {
    trainer = settings.build();
    trainer.resume(file);
    return this;
  }

  StateDict fit(int epochs) throws IOException {
    if (trainer == null) {
      trainer = settings.build();
    }
    trainer.fit(new ToyBatches(batchesPerEpoch, 6, 50), epochs);
    return model.stateDict();
  }

  History history() {
    return trainer.progress().history;
  }
}
