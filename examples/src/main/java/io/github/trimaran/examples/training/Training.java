package io.github.trimaran.examples.training;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.History;
import io.github.trimaran.train.LogListener;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Trains networks as an {@link Experiment} has it and measures them. Everything random follows from
 * {@code --seed}: the same experiment on the same data gives the same numbers.
 */
public final class Training {

  /** Images a step when nothing is learned. */
  private static final int EVALUATION_BATCH = 500;

  /** The training accuracy is measured on so many images at most. */
  private static final int MEASURED_TRAINING_IMAGES = 10_000;

  /** A line in the log, which {@code --verbose} shows, for so many steps. */
  private static final int LOGGED_STEPS = 100;

  private final Backend<?> backend;
  private final CommonOptions options;
  private final Files files;
  private final Console console;

  /** Training on a backend. */
  public Training(Backend<?> backend, CommonOptions options, Files files, Console console) {
    this.backend = backend;
    this.options = options;
    this.files = files;
    this.console = console;
  }

  /**
   * Where a training is saved to, where it goes on from, and what it starts from.
   *
   * @param save the checkpoint after each epoch, or null
   * @param resume a checkpoint of the same training, or null
   * @param init a saved model whose weights are the first ones, or null
   */
  public record Files(Path save, Path resume, Path init) {

    /** Finds at once, not after an epoch, that a file cannot be read or written. */
    public Files {
      if (resume != null && !java.nio.file.Files.isRegularFile(resume)) {
        throw new InputException("--resume: no file " + resume + "; 'train --save FILE' makes one");
      }
      if (init != null && resume != null) {
        throw new InputException(
            "--init: with --resume the weights are the checkpoint's; give one of the two");
      }
      if (save != null) {
        requireWritable(save.toAbsolutePath());
      }
    }

    private static void requireWritable(Path file) {
      if (java.nio.file.Files.isDirectory(file)) {
        throw new InputException("--save: " + file + " is a folder; name a file");
      }
      Path folder = file.getParent();
      while (!java.nio.file.Files.exists(folder)) {
        folder = folder.getParent();
      }
      if (!java.nio.file.Files.isDirectory(folder)) {
        throw new InputException("--save: " + folder + " is a file, not a folder");
      }
      if (!java.nio.file.Files.isWritable(folder)) {
        throw new InputException("--save: " + folder + " is not writable");
      }
    }
  }

  /**
   * Trains and measures.
   *
   * @param name of the run: {@code "40 digits, 20 epochs"}
   * @throws IOException if a checkpoint cannot be read or written
   */
  public TrainedRun run(String name, TrainTest data, Experiment experiment) throws IOException {
    Split split = experiment.split(data);
    Recipe recipe = Recipe.of(experiment.network().network());
    Normalization normalization = recipe.normalization(split.train());
    Rng rng = Rng.seeded(options.seed());
    Batches batches =
        experiment
            .augmentation()
            .apply(
                Batches.shuffled(split.train(), experiment.batchSize(), rng.fork("batches"))
                    .normalized(normalization),
                rng.fork("augmentation"));
    try (Layer model = recipe.network(experiment.network(), split.train(), normalization)) {
      model.init(backend, options.dtype(), rng.fork("weights"));
      if (files.init() != null) {
        SavedModel.read(files.init()).copyTo(model);
      }
      try (Optimizer optimizer = recipe.optimizer(experiment, model, batches.perEpoch())) {
        Trainer trainer =
            trainer(name, experiment, inOrder(split.validation(), normalization), model, optimizer)
                .rng(rng.fork("dropout"))
                .metadata(
                    SavedModel.notes(
                        experiment.network().settings(data.train()),
                        normalization,
                        data.source().name()))
                .build();
        if (files.resume() != null) {
          trainer.resume(files.resume());
        }
        History history;
        try (Interruption interruption = Interruption.stopping(trainer, this::tellHowToGoOn)) {
          history =
              interruption.fit(
                  () -> trainer.fit(batches, experiment.epochs()),
                  e -> console.result("Interrupted; could not save: " + e.getMessage()));
        }
        int measured = Math.min(split.train().size(), MEASURED_TRAINING_IMAGES);
        Batches test = inOrder(split.test(), normalization);
        Evaluation oneView = Evaluator.plain().evaluate(model, test);
        return new TrainedRun(
            name,
            history,
            Evaluator.plain().evaluate(model, inOrder(split.train().take(measured), normalization)),
            recipe.scoring() == Scoring.PLAIN
                ? oneView
                : new Evaluator<>(Supervised.classification().scoring(recipe.scoring()))
                    .evaluate(model, test),
            oneView,
            model.stateDict());
      }
    }
  }

  private void tellHowToGoOn() {
    console.result(
        files.save() == null
            ? "Interrupted; nothing is kept: with --save FILE it could be gone on with"
            : "Interrupted; saved in "
                + files.save()
                + ". Go on with the same command and --resume "
                + files.save());
  }

  private Trainer.Builder trainer(
      String name, Experiment experiment, Batches validation, Layer model, Optimizer optimizer) {
    Recipe recipe = Recipe.of(experiment.network().network());
    Trainer.Builder trainer =
        Trainer.builder(model, optimizer, new Supervised(recipe.loss()))
            .l2(experiment.optimizer().lossL2())
            .quiet()
            .listener(new ShowProgress(name, console))
            .listener(new LogListener(LOGGED_STEPS));
    if (validation.dataset().size() > 0) {
      trainer.validation(validation);
    }
    if (files.save() != null) {
      trainer.checkpoint(files.save());
    }
    return trainer;
  }

  private static Batches inOrder(Dataset images, Normalization normalization) {
    return Batches.inOrder(images, EVALUATION_BATCH).normalized(normalization);
  }
}
