package io.github.trimaran.train;

import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Shard;
import io.github.trimaran.optim.WeightAverage;
import io.github.trimaran.train.metrics.Metric;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One call of {@link Trainer#fit}: the loop over epochs and batches. */
final class TrainingRun {

  private final Trainer trainer;
  private final BatchSource batches;
  private final int epochs;
  private final int stepsPerEpoch;
  private final Progress progress;
  private final Workers workers;
  private final TrainingStep training;
  private final long startNanos = System.nanoTime();
  private final double secondsBefore;
  private final long stepsBefore;

  TrainingRun(Trainer trainer, BatchSource batches, int epochs) {
    this.trainer = trainer;
    this.batches = batches;
    this.epochs = epochs;
    this.stepsPerEpoch = (batches.perEpoch() - 1) / trainer.settings().accumulate + 1;
    this.progress = trainer.progress();
    this.workers = new Workers(trainer.settings().collective, trainer::isStopRequested);
    this.training = new TrainingStep(trainer, workers);
    this.secondsBefore = progress.seconds;
    this.stepsBefore = progress.step;
  }

  History run() throws IOException {
    try (workers) {
      workers.begin(trainer, epochs, batches.perEpoch());
      return runToTheEnd();
    } catch (DivergedException e) {
      loadBest();
      throw progress.best == null ? e : e.withBestOf(progress.history.bestEpoch());
    } catch (IOException | RuntimeException | Error e) {
      workers.fail(e);
      throw e;
    }
  }

  private History runToTheEnd() throws IOException {
    History history = progress.history;
    history.interrupted(false);
    trainer.listeners().forEach(listener -> listener.onStart(history));
    while (progress.epoch < epochs && progress.withoutImprovement < trainer.settings().patience) {
      if (!runEpoch()) {
        history.interrupted(true);
        save();
        trainer.listeners().forEach(listener -> listener.onEnd(history));
        return history;
      }
      endEpoch();
    }
    if (progress.step == stepsBefore) {
      // Nothing was left to do, as after resuming a finished training: the file is wanted all the
      // same.
      save();
    }
    finishModel();
    trainer.listeners().forEach(listener -> listener.onEnd(history));
    return history;
  }

  /** Takes the steps that the epoch has left; false if asked to stop between two of them. */
  private boolean runEpoch() throws IOException {
    Iterator<Shard> rest =
        batches.shards(progress.epoch, progress.batch, workers.shard()).iterator();
    while (progress.batch < batches.perEpoch()) {
      if (workers.stopsHere()) {
        return false;
      }
      long before = System.nanoTime();
      int parts = Math.min(trainer.settings().accumulate, batches.perEpoch() - progress.batch);
      TrainingStep.Result result = training.take(rest, parts, progress.step);
      progress.step++;
      progress.batch += parts;
      progress.lossSum += result.loss();
      progress.samples += result.samples();
      progress.labelled += result.labelled();
      progress.correct += result.correct();
      progress.history.add(result.loss());
      progress.stepSeconds += (System.nanoTime() - before) * 1e-9;
      StepRecord step = stepRecord(result.loss());
      trainer.listeners().forEach(listener -> listener.onStep(step));
      if (trainer.savesAfter(progress.step) && progress.batch < batches.perEpoch()) {
        save();
      }
    }
    return true;
  }

  private StepRecord stepRecord(double loss) {
    long steps = (long) epochs * stepsPerEpoch;
    double perStep = seconds() / (progress.step - stepsBefore);
    return new StepRecord(
        progress.step,
        steps,
        progress.epoch + 1,
        epochs,
        progress.batch,
        batches.perEpoch(),
        loss,
        training.lastRate(),
        samplesPerSecond(),
        (steps - progress.step) * perStep);
  }

  private void endEpoch() throws IOException {
    requireFiniteWeights();
    int number = progress.epoch + 1;
    double validationLoss = Double.NaN;
    double validationAccuracy = Double.NaN;
    Map<String, Double> metrics = unknown(trainer.metrics());
    if (trainer.validatesAfter(number, epochs)) {
      Evaluation validation = validate(number);
      trainer.observe(validation);
      validationLoss = validation.loss();
      validationAccuracy = validation.accuracy();
      metrics = validation.metrics();
    }
    updateSeconds();
    EpochRecord record =
        new EpochRecord(
            number,
            progress.step,
            progress.lossSum / stepsPerEpoch,
            (double) progress.correct / progress.labelled,
            validationLoss,
            validationAccuracy,
            metrics,
            training.lastRate(),
            progress.seconds,
            samplesPerSecond());
    progress.history.add(record);
    progress.startEpoch();
    write();
    trainer.listeners().forEach(listener -> listener.onEpoch(record, progress.history));
  }

  /** Where there are several workers, all have the same to write. */
  private void write() throws IOException {
    if (workers.isFirst()) {
      trainer.save(batches.perEpoch());
    }
  }

  /** Saves weights that are numbers, and no others. */
  private void save() throws IOException {
    requireFiniteWeights();
    updateSeconds();
    write();
  }

  /**
   * The loss of a step is that of the weights before it. So it takes another look to see what the
   * last step before a validation, a checkpoint or the end has made of them.
   */
  private void requireFiniteWeights() {
    Finite.faultOf(trainer.model())
        .ifPresent(
            fault -> {
              throw DivergedException.weights(fault, progress.step, training.lastRate());
            });
  }

  /** What an epoch that is not followed by a validation has. */
  private static Map<String, Double> unknown(List<Metric> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), Double.NaN));
    return values;
  }

  private Evaluation validate(int number) {
    WeightAverage average = trainer.average();
    if (average != null) {
      average.swap();
    }
    try {
      Evaluation validation =
          Evaluator.evaluate(
              trainer.objective(), trainer.validation(), trainer.metrics(), workers.collective());
      double score = score(validation);
      if (score > progress.bestScore) {
        progress.bestScore = score;
        progress.withoutImprovement = 0;
        progress.history.bestEpoch(number);
        progress.best = trainer.settings().keepBest ? trainer.model().stateDict() : null;
      } else {
        progress.withoutImprovement++;
      }
      return validation;
    } finally {
      if (average != null) {
        average.swap();
      }
    }
  }

  /** Larger is better. */
  private double score(Evaluation validation) {
    Metric judge = trainer.judge();
    if (judge == null) {
      return validation.isClassification() ? validation.accuracy() : -validation.loss();
    }
    double value = validation.metric(judge.name());
    return judge.higherIsBetter() ? value : -value;
  }

  private void finishModel() {
    if (trainer.average() != null) {
      trainer.average().finish();
    }
    loadBest();
  }

  private void loadBest() {
    if (progress.best != null) {
      trainer.model().loadStateDict(progress.best);
    }
  }

  private double samplesPerSecond() {
    return progress.samples / progress.stepSeconds;
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) * 1e-9;
  }

  /** A run that took no step took no time: what it saves is what it went on from. */
  private void updateSeconds() {
    if (progress.step > stepsBefore) {
      progress.seconds = secondsBefore + seconds();
    }
  }
}
